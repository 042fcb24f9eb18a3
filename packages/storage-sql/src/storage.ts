import type { Storage, StoredFile } from '@openwopi/host'
import { compileOnce, firstOf } from './compile-once.ts'
import { createFile } from './create-file.ts'
import { fileColumns, fileEntry } from './entries.ts'
import { isKey, nameKey } from './names.ts'
import { readBlob, readVerified } from './read-blob.ts'
import { removeFile } from './remove-file.ts'
import { renameEntry } from './rename-entry.ts'
import { fileKind, here } from './tables.ts'
import { userKey } from './user-info.ts'
import { type Writing, writeFile } from './write-file.ts'

/** The files of a database. */
export function openStorage(writing: Writing): Storage {
  const { store, memory } = writing
  return {
    async find(id, userId) {
      if (!isKey(id)) return undefined
      if (userId !== undefined) return findWithInfo(writing, id, userId)
      const entry = await fileEntry(store, id)
      return entry && memory.file(entry)
    },
    async child(parentId, name) {
      if (!isKey(parentId) || !isKey(name)) return undefined
      const entry = await store.db
        .selectFrom('entries')
        .selectAll()
        .where('parent_id', '=', parentId)
        .where('name_key', '=', nameKey(name))
        .where('state', '=', here)
        .where('kind', '=', fileKind)
        .executeTakeFirst()
      return entry && memory.file(entry)
    },
    async read(file, range) {
      const entry = isKey(file.id) ? await fileEntry(store, file.id) : undefined
      if (!entry || entry.version !== file.version) return undefined
      const { blob, sha256, name } = entry
      if (blob === null || sha256 === null) return undefined
      return range ? readBlob(store, blob, range) : readVerified(store, { blob, sha256, name })
    },
    write: (file, content, change) => writeFile(writing, file, content, change),
    create: (parentId, names, content, change) => createFile(writing, { parentId, names, content, change }),
    async rename({ id }, name) {
      const entry = await renameEntry(store, { id, kind: fileKind }, name)
      return entry && memory.file(entry)
    },
    remove: (file, change) => removeFile(writing, file, change),
  }
}

/** The file, its lock, and what clients keep for the user: all that CheckFileInfo asks for, in one round trip. */
async function findWithInfo({ store, memory }: Writing, id: string, userId: string): Promise<StoredFile | undefined> {
  const row = await firstOf(fileWithInfo.alone(store, { id, user: userKey(userId) }))
  return row && memory.file(row, { userId, info: row.info })
}

const fileWithInfo = compileOnce(['id', 'user'], (db, { id, user }: { readonly id: string; readonly user: string }) =>
  db
    .selectFrom('entries')
    .leftJoin('user_info', (join) => join.on('user_info.user_key', '=', user))
    .select(fileColumns)
    .select('info')
    .where('entries.id', '=', id)
    .where('entries.kind', '=', fileKind)
    .where('entries.state', '=', here),
)
