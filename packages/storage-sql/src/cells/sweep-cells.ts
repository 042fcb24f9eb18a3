import { atomically } from '../atomically.ts'
import type { Store } from '../store.ts'
import { forgetCells } from './cell-store.ts'

const day = 24 * 60 * 60_000
/** For how long cells are kept of a file that is not there: somebody may be about to make it. */
const orphanLifetime = day
/** The cells of a content that nobody has put anything into for so long are forgotten: they are made anew when asked for. */
const idleLifetime = 7 * day

/** Forgets who is gone, cells of files that are gone, and those that can be made anew and have not changed for long. */
export async function sweepCells({ db, now }: Pick<Store, 'db' | 'now'>): Promise<void> {
  await db.deleteFrom('cell_editors').where('expires_at', '<=', now()).execute()
  const orphans = db
    .selectFrom('cell_partitions')
    .select(['file_id', 'partition_id', 'version', 'serial_guid'])
    .where('changed_at', '<=', now() - orphanLifetime)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('entries').select('id').whereRef('entries.id', '=', 'cell_partitions.file_id'))),
    )
  await forgetAll(db, await orphans.execute())
  await forgetIdle({ db, now })
}

/** Forgets cells that can be made anew from a file's content, and have not changed for long. */
export async function forgetIdle({ db, now }: Pick<Store, 'db' | 'now'>): Promise<void> {
  const idle = db
    .selectFrom('cell_partitions')
    .select(['file_id', 'partition_id', 'version', 'serial_guid'])
    .where('changed_at', '<=', now() - idleLifetime)
    .where('source', 'is not', null)
  await forgetAll(db, await idle.execute())
}

interface Found {
  readonly file_id: string
  readonly partition_id: string
  readonly version: number
  readonly serial_guid: string
}

/** What has been replaced since it was found stays. */
async function forgetAll(db: Store['db'], found: readonly Found[]): Promise<void> {
  for (const { file_id, partition_id, version, serial_guid } of found)
    await atomically({ db }, async (trx) => {
      const { numDeletedRows } = await trx
        .deleteFrom('cell_partitions')
        .where('file_id', '=', file_id)
        .where('partition_id', '=', partition_id)
        .where('version', '=', version)
        .where('serial_guid', '=', serial_guid)
        .executeTakeFirst()
      if (numDeletedRows === 1n) await forgetCells(trx, file_id, partition_id)
    })
}
