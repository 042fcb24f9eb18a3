import { atomically } from '../atomically.ts'
import { discardBlobs, unused, useBlobs, used } from '../blob-states.ts'
import { readVerified } from '../read-blob.ts'
import type { Store } from '../store.ts'
import type { Checking, Fault } from './fault.ts'
import { conditionOf } from './intact.ts'
import type { VersionToCheck } from './versions-to-check.ts'

/** Sees to it that a content in use is not swept. */
export async function guard({ db, now }: Store, key: string): Promise<'done'> {
  await db
    .insertInto('blobs')
    .values({ key, state: used, since: now() })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ state: used, since: now() }))
    .execute()
  return 'done'
}

/** Gives a version that has lost its content a copy of an equal one, where any file has one that is intact. */
export async function restoreFromEqual({ store, repairs }: Checking, row: VersionToCheck): Promise<Fault['repair']> {
  const equal = await intactEqual(store, row)
  if (equal === undefined) return 'none'
  if (!repairs) return 'possible'
  const content = await readVerified(store, { ...row, blob: equal, name: 'the equal content' })
  const { key } = await store.blobs.put(content, { size: row.size })
  const isTaken = await atomically(store, (trx) => exchange(store, trx, { row, key }))
  if (!isTaken) await discardBlobs(store, [key])
  return 'done'
}

async function intactEqual({ db, blobs }: Store, row: VersionToCheck): Promise<string | undefined> {
  const equals = await db
    .selectFrom('versions')
    .select('blob')
    .where('sha256', '=', row.sha256)
    .where('size', '=', row.size)
    .where('blob', '<>', row.blob)
    .execute()
  for (const { blob } of equals) if ((await conditionOf(blobs, { ...row, blob })) === 'intact') return blob
  return undefined
}

/** `false`: the version is gone by now. What was damaged is left to the sweep, which does not hurry. */
async function exchange(
  { now }: Store,
  trx: Parameters<typeof useBlobs>[0],
  { row, key }: { readonly row: VersionToCheck; readonly key: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('versions')
    .set({ blob: key })
    .where('file_id', '=', row.file_id)
    .where('sequence', '=', row.sequence)
    .where('blob', '=', row.blob)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await trx
    .updateTable('entries')
    .set({ blob: key })
    .where('id', '=', row.file_id)
    .where('blob', '=', row.blob)
    .execute()
  await useBlobs(trx, [key], now())
  await trx.updateTable('blobs').set({ state: unused, since: now() }).where('key', '=', row.blob).execute()
  return true
}
