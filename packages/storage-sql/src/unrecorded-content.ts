import type { Content } from '@openwopi/host'
import type { StoredBlob } from './blobs.ts'
import { isConnectionLost } from './database-errors.ts'
import type { Store } from './store.ts'

/** A content arrived whole and is safe in the blob store, but the database was lost before it knew of it. */
export class UnrecordedContent extends Error {
  override readonly name = 'UnrecordedContent'
  /** What arrived. `undefined`: it has been swept away since. */
  readonly read: () => Promise<Content | undefined>

  constructor(cause: Error, read: () => Promise<Content | undefined>) {
    super(cause.message, { cause })
    this.read = read
  }
}

/** Does `work` with what has arrived, so that whoever is told that it failed for want of the database can still have it. */
export async function recording<T>({ blobs }: Store, { key }: StoredBlob, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isConnectionLost(error) ? new UnrecordedContent(error, () => blobs.get(key)) : error
  }
}
