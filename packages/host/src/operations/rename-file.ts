import { WopiError } from '@openwopi/protocol'
import { coauthLocks } from '../coauthored.ts'
import { refuseOtherHolders } from '../held-by-cells.ts'
import type { Implementation } from '../implementation.ts'
import { heldBy, live, mismatch, refuseOpenElsewhere } from '../locking.ts'
import { isValidName, nextFreeNames, repairName, splitName } from '../names.ts'
import type { Storage, StoredFile } from '../ports.ts'

export const renameFile: Implementation<'renameFile'> =
  (ports) =>
  async ({ lock, coauthLockId, requestedName }, { file, grant, links, note }) => {
    if (lock !== undefined && coauthLockId !== undefined)
      throw new WopiError('InvalidRequest', { reason: 'X-WOPI-Lock and X-WOPI-CoauthLockId exclude each other' })
    const slot = await ports.locks.read(file.id, file)
    const isCoauthor = coauthLocks(slot, ports.now()).some(({ id }) => id === coauthLockId)
    if (!isCoauthor) refuseOtherHolders(slot, ports.now())
    const held = live(slot, ports.now())
    if (held && (lock === undefined || !ports.sameLock(held.id, lock))) throw mismatch(held, heldBy(held))

    if (!held && !isCoauthor) refuseOpenElsewhere(file)

    const made = await renamed(ports.storage, file, wholeName(requestedName, file))
    note({ made })
    return {
      file: { Name: splitName(made.name).base, Url: await links.withToken({ on: 'file', id: made.id }, grant) },
    }
  }

/** The name is sent without its extension, which never changes; clients of the 2013 protocol send it with. */
function wholeName(requested: string, { name }: StoredFile): string {
  const { extension } = splitName(name)
  // What follows a dot would become the extension of a file that has none.
  if (extension === '') return requested.replaceAll('.', '_')
  const isSent = requested.toLowerCase().endsWith(extension.toLowerCase())
  return (isSent ? requested.slice(0, -extension.length) : requested) + extension
}

async function renamed(storage: Storage, file: StoredFile, wanted: string): Promise<StoredFile> {
  if (wanted === file.name) return file
  const valid = isValidName(wanted) ? wanted : repairName(wanted)
  if (splitName(valid).extension !== splitName(wanted).extension)
    throw new WopiError('InvalidName', { reason: 'the name is empty' })
  for (const name of nextFreeNames(valid)) {
    const done = await storage.rename(file, name)
    if (done) return done
    if (!(await storage.find(file.id))) throw new WopiError('NotFound', {})
  }
  throw new WopiError('InvalidName', { reason: 'the name is taken' })
}
