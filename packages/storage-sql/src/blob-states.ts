import { compileOnce } from './compile-once.ts'
import type { Db, Store, Trx } from './store.ts'

/**
 * What becomes of a blob. Each is used by one row at most, and only ever by the one for which it was put:
 *
 * - no row: it was put, and nothing has been decided; or it is gone.
 * - `seen`: a sweep has found it without a row. Whoever has put it may still use it.
 * - `used`: a row refers to it.
 * - `unused`: no row refers to it any more.
 * - `doomed`: nobody has used it for too long, and nobody may from now on. The row stays, so that a process which was
 *   stopped for days cannot use what is gone.
 */
export const seen = 0
export const used = 1
export const unused = 2
export const doomed = 3

/** Says of blobs, in the transaction that makes rows refer to them, that they are used. Throws if one has been doomed. */
export async function useBlobs(trx: Trx, keys: readonly string[], now: number): Promise<void> {
  const [key, ...others] = keys
  if (key === undefined) return
  const isOne = others.length === 0
  const { numAffectedRows } = await (isOne
    ? usingOne.within(trx, { key, now })
    : trx.executeQuery(using(trx, keys, now)))
  if (numAffectedRows !== BigInt(keys.length))
    throw new Error('what was received took too long to be used, and has been cleaned up: it is to be sent again')
}

const using = (db: Db, keys: readonly string[], now: number) =>
  db
    .insertInto('blobs')
    .values(keys.map((key) => ({ key, state: used, since: now })))
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ state: used, since: now }).where('blobs.state', '=', seen),
    )

/** Nearly every content comes alone. */
const usingOne = compileOnce(['key', 'now'], (db, { key, now }: { readonly key: string; readonly now: number }) =>
  using(db, [key], now),
)

/** Says of blobs, in the transaction that takes the rows away, that nobody refers to them any more. */
export async function leaveBlobs(trx: Trx, keys: readonly string[], now: number): Promise<void> {
  if (keys.length === 0) return
  await trx
    .updateTable('blobs')
    .set({ state: unused, since: now })
    .where('key', 'in', keys)
    .where('state', '=', used)
    .execute()
}

/** Removes blobs that were put and will not be used. One that cannot be removed now is swept later. */
export async function discardBlobs({ blobs, observe }: Store, keys: readonly string[]): Promise<void> {
  for (const key of keys)
    await blobs.remove(key).catch((cause: unknown) => observe({ what: 'blob not removed', key, cause }))
}

/** Removes blobs that are unused and that nobody can be reading. What cannot be removed now is swept later. */
export async function removeUnused(store: Store, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const removed: string[] = []
  for (const key of keys)
    await store.blobs.remove(key).then(
      () => removed.push(key),
      (cause: unknown) => store.observe({ what: 'blob not removed', key, cause }),
    )
  if (removed.length > 0)
    await store.db.deleteFrom('blobs').where('key', 'in', removed).where('state', '=', unused).execute()
}
