import type { Implementation } from '../implementation.ts'
import { heldBy, mismatch, moveLock } from '../locking.ts'

export const refreshLock: Implementation<'refreshLock'> =
  (ports) =>
  async ({ lock, ...terms }, { file, grant }) => {
    const { version } = await moveLock(ports, {
      file,
      by: grant.user,
      terms,
      decide(held) {
        if (!held) throw mismatch(held, 'the file is not locked')
        if (!ports.sameLock(held.id, lock)) throw mismatch(held, heldBy(held))
        return lock
      },
    })
    return { version }
  }
