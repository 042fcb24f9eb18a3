import { memoryBlobs, sqlStorage } from '@openwopi/storage-sql'
import { execute, query } from './database.ts'

/** How much a generated database holds. */
export interface Amount {
  readonly files: number
  /** How many of them are locked: the last ones. */
  readonly locks: number
}

/** In each folder; the folders lie in the uppermost one. */
export const filesPerFolder = 200

/** The id of a file by its number, from 1 on. Neighbours lie far apart in an index, as random ids do. */
export const fileId = (number: number): string => `${reversed(number)}-f`

/** The id of a folder by its number, from 0 on. */
export const folderId = (number: number): string => `${reversed(number)}-p`

const reversed = (number: number): string => [...String(number).padStart(9, '0')].reverse().join('')

/** The folder that a file lies in. */
export const folderOf = (file: number, { files }: Amount): number => file % foldersFor(files)

const foldersFor = (files: number): number => Math.ceil(files / filesPerFolder)

/** How many rows one statement makes. */
const stretch = 500_000

/** Makes the tables in an empty database, and fills them as if people had made so many files. `told` hears how far it is. */
export async function generateFiles(
  url: string,
  amount: Amount,
  told: (done: number) => void = () => undefined,
): Promise<void> {
  const storage = await sqlStorage({ database: url, blobs: memoryBlobs() })
  await storage.close()
  // What an index would have to be told of each row, it sees at once when it is made of them all.
  const indexes = await query<{ name: string; made: string }>(
    url,
    `select indexname as name, indexdef as made from pg_indexes where tablename = 'entries' and indexname <> 'entries_pkey'`,
  )
  await execute(
    url,
    indexes.map(({ name }) => `drop index ${name}`),
  )
  await execute(url, [`set synchronous_commit = off; ${folders(foldersFor(amount.files))}`])
  for (let start = 1; start <= amount.files; start += stretch) {
    const end = Math.min(amount.files, start + stretch - 1)
    await execute(url, ['set synchronous_commit = off', ...filesBetween(start, end, amount)])
    told(end)
  }
  await execute(url, [...indexes.map(({ made }) => made), 'vacuum analyze', 'checkpoint'])
}

const key = (number: string, kind: 'f' | 'p') => `reverse(lpad((${number})::text, 9, '0')) || '-${kind}'`

const folders = (count: number): string => `
  insert into entries (id, parent_id, kind, name, name_key, sort_key, state, owner_id, sequence, version, size, modified_at, kept)
  select ${key('n', 'p')}, 'root', 0, 'Folder ' || n, 'folder ' || n, 'folder ' || n, 0, 'owner', 0, '', 0, 0, 0
  from generate_series(0, ${count - 1}) n`

/** The canonical JSON of a lock that no test outlives. */
const expiresAt = 4_102_444_800_000
const lock = `'{"by":{"id":"u' || n || '","name":"Person ' || n || '"},"expiresAt":${expiresAt},"id":"L' || n || '","version":"1.0f84ce76"}'`

/** Names of several words, a few of which many files share: what a search for a part of a name works with. */
const name = (letter: 'F' | 'f') =>
  `'${letter}ile ' || n || ' of ' || (array['report', 'budget', 'minutes', 'plan', 'letter'])[1 + n % 5] || '.docx'`

const filesBetween = (start: number, end: number, amount: Amount): string[] => [
  `insert into entries (id, parent_id, kind, name, name_key, sort_key, state, owner_id, sequence, version, size,
     modified_at, sha256, blob, kept, lock, lock_revision, lock_expires_at, is_locked)
   select ${key('n', 'f')}, ${key(`n % ${foldersFor(amount.files)}`, 'p')}, 1, ${name('F')}, ${name('f')}, ${name('f')}, 0,
     'owner', 1, '1.0f84ce76', n % 1000000, 1700000000000 + n, 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
     md5(n::text)::uuid::text, 1, case when n > ${amount.files - amount.locks} then ${lock} end, 0,
     case when n > ${amount.files - amount.locks} then ${expiresAt} else 0 end,
     case when n > ${amount.files - amount.locks} then 1 else 0 end
   from generate_series(${start}, ${end}) n`,
  `insert into versions (file_id, sequence, version, size, modified_at, sha256, blob, author, is_autosave, squashed_from)
   select ${key('n', 'f')}, 1, '1.0f84ce76', n % 1000000, 1700000000000 + n, 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
     md5(n::text)::uuid::text, '{"id":"u' || n || '","name":"Person ' || n || '"}', 0, 0
   from generate_series(${start}, ${end}) n`,
  `insert into blobs select md5(n::text)::uuid::text, 1, 1700000000000 from generate_series(${start}, ${end}) n`,
]
