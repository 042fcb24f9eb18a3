import type { Container, Lock, StoredFile } from '@openwopi/host'
import type { Selectable } from 'kysely'
import { compileOnce, firstOf } from './compile-once.ts'
import type { Db } from './store.ts'
import { type EntryTable, fileKind, folderKind, here } from './tables.ts'

/** A file or a folder as the database has it. */
export type Entry = Selectable<EntryTable>

/** The id of the folder in which everything lies. */
export const rootId = 'root'

/** The file with its lock, in one round trip. `undefined`: there is no such file. */
export const fileEntry = (db: Db, id: string): Promise<Entry | undefined> => firstOf(presentFile(db, { id }))

const presentFile = compileOnce(['id'], (db, { id }: { readonly id: string }) =>
  present(db, id).where('kind', '=', fileKind),
)

/** `undefined`: there is no such folder. */
export const folderEntry = (db: Db, id: string): Promise<Entry | undefined> =>
  present(db, id).where('kind', '=', folderKind).executeTakeFirst()

const present = (db: Db, id: string) =>
  db.selectFrom('entries').selectAll().where('id', '=', id).where('state', '=', here)

/** A file as hosts know it. */
export const toStoredFile = (entry: Entry): StoredFile => ({
  id: entry.id,
  parentId: entry.parent_id ?? rootId,
  name: entry.name,
  size: entry.size,
  version: entry.version,
  sequenceNumber: entry.sequence,
  ownerId: entry.owner_id,
  modifiedAt: entry.modified_at,
  ...(entry.sha256 !== null && { sha256: entry.sha256 }),
})

/** A folder as hosts know it. */
export const toContainer = ({ id, parent_id, name, owner_id }: Entry): Container => ({
  id,
  ...(parent_id !== null && { parentId: parent_id }),
  name,
  ownerId: owner_id,
})

/** The lock in the slot of a file. */
export const lockOf = ({ lock }: Pick<Entry, 'lock'>): Lock | undefined =>
  lock === null ? undefined : JSON.parse(lock)
