import type { Implementation } from '../implementation.ts'
import { heldBy, mismatch, moveLock, refuseOpenElsewhere } from '../locking.ts'

export const lock: Implementation<'lock'> =
  (ports) =>
  async ({ lock, ...terms }, { file, grant }) => {
    const { version } = await moveLock(ports, {
      file,
      by: grant.user,
      terms,
      decide(held) {
        if (!held) refuseOpenElsewhere(file)
        if (held && !ports.sameLock(held.id, lock)) throw mismatch(held, heldBy(held))
        return lock
      },
    })
    return { version }
  }
