import type { Change, StoredFile } from '@openwopi/host'
import { persistently } from './atomically.ts'
import { type FileEntry, fileEntry } from './entries.ts'
import { isKey } from './names.ts'
import type { Store } from './store.ts'
import { here, trashed } from './tables.ts'
import type { Writing } from './write-file.ts'

/** How often a question is asked whose answer something has overtaken. */
const mostTries = 100

/** Moves a file to the trash. `false`: it is not to be removed. */
export async function removeFile({ store }: Writing, file: StoredFile, change: Change): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries++) {
    const entry = isKey(file.id) ? await fileEntry(store, file.id) : undefined
    if (!entry) return true
    if (change.confirm && !(await change.confirm())) return false
    if (await throwAway(store, entry, change)) return true
  }
  throw new Error(`${file.name} never stood still`)
}

/** `false`: its content or its lock has changed since `entry` was read. */
async function throwAway({ db, now }: Store, entry: FileEntry, { by }: Change): Promise<boolean> {
  const removal = db
    .updateTable('entries')
    .set({ state: trashed, removed_at: now(), removed_by: JSON.stringify(by) })
    // Should it be put back, whoever had locked it has lost the lock.
    .set({ lock: null, is_locked: 0, lock_revision: entry.lock_revision + 1 })
    .where('id', '=', entry.id)
    .where('state', '=', here)
    .where('version', '=', entry.version)
    .where('lock_revision', '=', entry.lock_revision)
  const { numUpdatedRows } = await persistently(() => removal.executeTakeFirst())
  return numUpdatedRows === 1n
}
