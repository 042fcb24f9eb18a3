import type { Implementation } from '../implementation.ts'
import { heldBy, mismatch, moveLock } from '../locking.ts'

export const unlockAndRelock: Implementation<'unlockAndRelock'> =
  (ports) =>
  async ({ lock, oldLock, ...terms }, { file, grant }) => {
    await moveLock(ports, {
      file,
      by: grant.user,
      terms,
      decide(held) {
        if (!held) throw mismatch(held, 'the file is not locked')
        if (!ports.sameLock(held.id, oldLock)) throw mismatch(held, heldBy(held))
        return lock
      },
    })
    return {}
  }
