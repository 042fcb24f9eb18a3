import { statfs } from 'node:fs/promises'
import type { ServedFolder } from './served-folder.ts'

/** How much there is of something. */
export interface Amount {
  readonly count: number
  /** In all. */
  readonly bytes: number
}

/** What a storage holds. */
export interface StorageUsage {
  /** The uppermost one included. */
  readonly folders: number
  /** Present contents. */
  readonly files: Amount
  /** What files were before. */
  readonly earlierVersions: Amount
  /** Deleted files that can be restored. */
  readonly trash: Amount
  /** Bytes that are left on its disk. Absent: nobody can say. */
  readonly free?: number
}

// The driver adds to a row what is no column of it.
const amountOf = ({ count, bytes }: Amount = { count: 0, bytes: 0 }): Amount => ({ count, bytes })

const amount = 'SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes FROM'

/** Counts what the index knows. */
export function openUsage({ database, root }: ServedFolder): () => Promise<StorageUsage> {
  const folders = database.prepare<Amount>(`${amount} entries WHERE isFolder = 1 AND state = 'here'`)
  const files = database.prepare<Amount>(`${amount} entries WHERE isFolder = 0 AND state = 'here'`)
  const trash = database.prepare<Amount>(`${amount} entries WHERE isFolder = 0 AND state = 'trashed'`)
  const earlier = database.prepare<Amount>(
    `${amount} (SELECT v.size FROM versions v LEFT JOIN entries e ON e.id = v.file WHERE e.version IS NOT v.version)`,
  )
  return async () => {
    const { bavail, bsize } = await statfs(root)
    return {
      folders: amountOf(folders.get()).count,
      files: amountOf(files.get()),
      earlierVersions: amountOf(earlier.get()),
      trash: amountOf(trash.get()),
      free: bavail * bsize,
    }
  }
}
