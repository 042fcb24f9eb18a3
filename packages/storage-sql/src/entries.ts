import type { Container, Lock, StoredFile } from '@openwopi/host'
import type { Selectable } from 'kysely'
import { compileOnce, firstOf } from './compile-once.ts'
import type { Db, Store } from './store.ts'
import { type EntryTable, fileKind, folderKind, here } from './tables.ts'

/** A file or a folder as the database has it. */
export type Entry = Selectable<EntryTable>

/** The id of the folder in which everything lies. */
export const rootId = 'root'

/** What hosts are told of a file, and what the next save or lock of it has to know. */
export const fileColumns = [
  ...(['id', 'parent_id', 'name', 'owner_id', 'sequence', 'version', 'size', 'modified_at'] as const),
  ...(['sha256', 'blob', 'kept', 'lock', 'lock_revision'] as const),
] satisfies readonly (keyof EntryTable)[]

/** A file with its lock. */
export type FileEntry = Pick<Entry, (typeof fileColumns)[number]>

/** The file with its lock, in one round trip. `undefined`: there is no such file. */
export const fileEntry = (store: Pick<Store, 'db' | 'ask'>, id: string): Promise<FileEntry | undefined> =>
  firstOf(presentFile.alone(store, { id }))

const presentFile = compileOnce(['id'], (db, { id }: { readonly id: string }) =>
  db
    .selectFrom('entries')
    .select(fileColumns)
    .where('id', '=', id)
    .where('kind', '=', fileKind)
    .where('state', '=', here),
)

/** `undefined`: there is no such folder. */
export const folderEntry = (db: Db, id: string): Promise<Entry | undefined> =>
  db
    .selectFrom('entries')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', here)
    .where('kind', '=', folderKind)
    .executeTakeFirst()

/** A file as hosts know it. */
export const toStoredFile = (entry: FileEntry): StoredFile => ({
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
