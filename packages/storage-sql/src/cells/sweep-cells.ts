import { atomically } from '../atomically.ts'
import type { Store } from '../store.ts'
import { forgetCells } from './cell-store.ts'
import { fileKey } from './key.ts'

const day = 24 * 60 * 60_000
/** For how long cells are kept of a file that is not there: somebody may be about to make it. */
const orphanLifetime = day
/** Cells that nobody has put anything into for so long are forgotten if they can be made anew from the content. */
const idleLifetime = 7 * day

type Kept = Pick<Store, 'db' | 'now'>

/** A partition as it was found. */
interface Found {
  readonly file_id: string
  readonly partition_id: string
  readonly version: number
  readonly serial_guid: string
}

/** Forgets editors who are gone, cells of files that are gone, and those that can be made anew and have not changed for long. */
export async function sweepCells(kept: Kept, exists: (file: string) => Promise<boolean>): Promise<void> {
  await kept.db.deleteFrom('cell_editors').where('expires_at', '<=', kept.now()).execute()
  await forgetAll(kept, await unchangedFor(kept, idleLifetime).where('source', 'is not', null).execute())
  const there = new Map<string, boolean>()
  for (const found of await unchangedFor(kept, orphanLifetime).execute()) {
    const file = found.file_id
    // What no database may have as a key is kept under another one, and is no file.
    if (!there.has(file)) there.set(file, fileKey(file) === file && (await exists(file)))
    if (!there.get(file)) await forgetAll(kept, [found])
  }
}

const unchangedFor = ({ db, now }: Kept, milliseconds: number) =>
  db
    .selectFrom('cell_partitions')
    .select(['file_id', 'partition_id', 'version', 'serial_guid'])
    .where('changed_at', '<=', now() - milliseconds)

/** What has been replaced since it was found stays. */
async function forgetAll({ db }: Kept, found: readonly Found[]): Promise<void> {
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
