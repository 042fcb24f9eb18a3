import { atomically } from '../atomically.ts'
import { rootId } from '../entries.ts'
import { holdEntry, holdFolder, insertEntry } from '../insert-entry.ts'
import { checkName, isKey, namesOf } from '../names.ts'
import type { Store, Trx } from '../store.ts'
import { folderKind, here } from '../tables.ts'
import { adoptFile } from './adopt-file.ts'
import type { Adopt, Adopted, AdoptedFolder } from './adoption.ts'

/** Brings files and folders into a database. */
export const openAdopt = (store: Store): Adopt => ({
  async folder(folder) {
    checkName(folder.name)
    return isKey(folder.id) && folder.id !== rootId
      ? atomically(store, (trx) => adopt(store, trx, folder))
      : 'unchanged'
  },
  file: (file) => adoptFile(store, file),
})

async function adopt(store: Store, trx: Trx, { id, parentId, name, ownerId }: AdoptedFolder): Promise<Adopted> {
  const present = await holdEntry(store, trx, id)
  if (present) return present.kind === folderKind && present.state === here ? 'unchanged' : 'removed'
  if (!(await holdFolder(store, trx, parentId))) return 'no folder'
  const made = await insertEntry(trx, {
    ...{ id, parent_id: parentId, kind: folderKind, ...namesOf(name), owner_id: ownerId },
    ...{ sequence: 0, version: '', size: 0, modified_at: store.now(), kept: 0 },
  })
  return made ? 'added' : 'name taken'
}
