import { sql } from 'kysely'
import type { Store } from './store.ts'
import { fileKind, folderKind, gone, here, trashed } from './tables.ts'

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

/** Counts everything: this reads all that there is, and takes seconds where there are millions of files. */
export async function usage({ db }: Store): Promise<StorageUsage> {
  const bytes = sql<number>`cast(coalesce(sum(size), 0) as bigint)`.as('bytes')
  const rows = await db
    .selectFrom('entries')
    .select(({ fn }) => ['kind', 'state', fn.countAll<number>().as('count'), bytes])
    .where('state', '<>', gone)
    .groupBy(['kind', 'state'])
    .execute()
  const versions = await db
    .selectFrom('versions')
    .select(({ fn }) => [fn.countAll<number>().as('count'), bytes])
    .executeTakeFirstOrThrow()
  const amountOf = (kind: number, state: number): Amount => {
    const { count = 0, bytes = 0 } = rows.find((row) => row.kind === kind && row.state === state) ?? {}
    return { count, bytes }
  }
  const [files, trash] = [amountOf(fileKind, here), amountOf(fileKind, trashed)]
  return {
    folders: amountOf(folderKind, here).count,
    files,
    // The present content of a file is a version of it too.
    earlierVersions: less(versions, files, trash),
    trash,
  }
}

const less = (all: Amount, ...parts: readonly Amount[]): Amount => ({
  count: parts.reduce((left, { count }) => left - count, all.count),
  bytes: parts.reduce((left, { bytes }) => left - bytes, all.bytes),
})
