import type { Implementation } from '../implementation.ts'
import { heldLock } from '../locking.ts'

export const getLock: Implementation<'getLock'> =
  (ports) =>
  async (_, { file }) => ({
    lock: (await heldLock(ports, file.id, file))?.id ?? '',
  })
