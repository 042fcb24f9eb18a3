import { refuseCoauthored } from '../coauthored.ts'
import type { Implementation } from '../implementation.ts'
import { live } from '../locking.ts'

export const getLock: Implementation<'getLock'> =
  ({ locks, now }) =>
  async (_, { file }) => {
    const slot = await locks.read(file.id, file)
    refuseCoauthored(slot, now())
    // A lock of another protocol has no id in this one.
    return { lock: live(slot, now())?.id ?? '' }
  }
