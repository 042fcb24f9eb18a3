import type { Change, Content, StoredFile } from '@openwopi/host'
import { onTestFinished } from 'vitest'
import { memoryBlobs } from '../src/memory-blobs.ts'
import { type SqlStorage, type SqlStorageOptions, sqlStorage } from '../src/sql-storage.ts'
import type { Databases } from './databases.ts'

/** A storage in a new database, closed when the test ends. */
export async function openTestStorage(
  databases: Databases,
  options: Partial<SqlStorageOptions> = {},
): Promise<SqlStorage & { readonly parentId: string; readonly database: SqlStorageOptions['database'] }> {
  const database = options.database ?? (await databases.fresh())
  const opened = await sqlStorage({ blobs: memoryBlobs(), ...options, database })
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= opened.close()
    return closed
  }
  onTestFinished(close)
  return { ...opened, close, database, parentId: 'root' }
}

export const ann: Change = { by: { id: 'ann', name: 'Ann' } }
export const bob: Change = { by: { id: 'bob', name: 'Bob' } }

export async function* content(...chunks: (string | Uint8Array)[]): Content {
  for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
}

/** All of a content as text. */
export async function text(stream: Content | undefined): Promise<string> {
  if (!stream) throw new Error('there is no content')
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** `value`, which must be there. */
export function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there')
  return value
}

/** The file's content as the storage gives it. */
export const textOf = async ({ storage }: Pick<SqlStorage, 'storage'>, file: StoredFile): Promise<string> =>
  text(await storage.read(file))

/** A clock that goes on only when it is told to. */
export function standingClock() {
  let time = 1_700_000_000_000
  const later = (milliseconds: number) => {
    time += milliseconds
  }
  return { now: () => time, later }
}
