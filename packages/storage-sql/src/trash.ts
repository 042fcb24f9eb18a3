import type { Trash } from '@openwopi/host'
import { atomically } from './atomically.ts'
import { dropCarried } from './carried.ts'
import { forgetCells } from './cells/cell-store.ts'
import { type Entry, toStoredFile } from './entries.ts'
import { holdEntry } from './insert-entry.ts'
import { dropVersions } from './publish.ts'
import { restoreFile } from './restore-file.ts'
import type { Store, Trx } from './store.ts'
import { trashed } from './tables.ts'
import type { Writing } from './write-file.ts'

/** Removed files, until they are emptied. */
export function openTrash({ store, memory }: Writing): Trash {
  const removed = () => store.db.selectFrom('entries').selectAll().where('state', '=', trashed)
  return {
    list: async () => (await removed().orderBy('removed_at', 'desc').orderBy('id').execute()).map(toTrashed),
    async restore(fileId) {
      const entry = await restoreFile(store, fileId)
      return entry && memory.file(entry)
    },
    async empty(fileId) {
      const ids = fileId === undefined ? (await removed().select('id').execute()).map(({ id }) => id) : [fileId]
      for (const id of ids) await forget(store, id)
    },
  }
}

const toTrashed = (entry: Entry) => ({
  file: toStoredFile(entry),
  removedAt: entry.removed_at ?? 0,
  by: JSON.parse(entry.removed_by ?? 'null'),
})

/** Removes a file that is in the trash, and all that is known about it, in one step. */
const forget = (store: Store, id: string): Promise<void> =>
  atomically(store, async (trx) => {
    const entry = await holdEntry(store, trx, id)
    if (entry?.state !== trashed) return
    const kept = await trx.selectFrom('versions').select('sequence').where('file_id', '=', id).execute()
    const now = store.now()
    await dropVersions(trx, id, { sequences: kept.map(({ sequence }) => sequence), now })
    await dropCarried(trx, id, { now })
    await forgetAbout(trx, id)
    await trx.deleteFrom('entries').where('id', '=', id).execute()
  })

async function forgetAbout(trx: Trx, id: string): Promise<void> {
  const told = trx.selectFrom('activities').select('number').where('file_id', '=', id)
  await trx.deleteFrom('mentions').where('number', 'in', told).execute()
  await trx.deleteFrom('activities').where('file_id', '=', id).execute()
  await trx.deleteFrom('shares').where('resource_id', '=', id).where('kind', '=', 'file').execute()
  await trx.deleteFrom('restricted_links').where('file_id', '=', id).execute()
  await trx.deleteFrom('signatures').where('file_id', '=', id).execute()
  await forgetCells(trx, id)
  await trx.deleteFrom('cell_editors').where('file_id', '=', id).execute()
}
