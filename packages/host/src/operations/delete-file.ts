import type { Implementation } from '../implementation.ts'
import { heldBy, heldLock, mismatch, refuseOpenElsewhere } from '../locking.ts'

export const deleteFile: Implementation<'deleteFile'> =
  (ports) =>
  async (_, { file, grant }) => {
    const locked = () => heldLock(ports, file.id)
    const held = await heldLock(ports, file.id, file)
    if (held) throw mismatch(held, heldBy(held))
    refuseOpenElsewhere(file)

    const removed = await ports.storage.remove(file, { by: grant.user, confirm: async () => !(await locked()) })
    if (!removed) throw mismatch(await locked(), 'the file has just been locked')
    return {}
  }
