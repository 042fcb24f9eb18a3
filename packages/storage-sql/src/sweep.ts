import { discardBlobs, doomed, removeUnused, seen, unused, used } from './blob-states.ts'
import { sweepCells } from './cells/sweep-cells.ts'
import type { Store } from './store.ts'
import { endUpload } from './uploads.ts'

/** How a sweep is made. */
export interface SweepOptions {
  /** For how many milliseconds a blob that nothing refers to is left alone; default 7 days. */
  readonly grace?: number
  /** The blob store is looked through only if nobody has done so for so many milliseconds; default 0, always. */
  readonly lookEvery?: number
}

/** What a sweep has done. */
export interface Swept {
  /** Blobs that are removed. */
  readonly removed: number
  /** Blobs that nothing refers to, and that a later sweep removes. */
  readonly waiting: number
}

const day = 24 * 60 * 60_000
/** For how many milliseconds a blob that nothing refers to is left alone where nobody says anything else. */
export const defaultGrace = 7 * day
/** Signatures that are older are forgotten: nothing is lost but the time to make them again. */
const signatureLifetime = 30 * day
/** How many blobs are looked up at a time. */
const batch = 500

/**
 * Removes what nothing refers to any more, and has not for the time of grace by the database's clock. A blob is first only
 * noted; that it is doomed is written down before it is removed, so that nobody can begin to use it then. Nodes may sweep
 * at the same time, and be stopped anywhere.
 */
export async function sweep(store: Store, { grace = defaultGrace, lookEvery = 0 }: SweepOptions = {}): Promise<Swept> {
  const { db, now } = store
  await db.deleteFrom('shares').where('expires_at', '<=', now()).execute()
  await db
    .deleteFrom('signatures')
    .where('kept_at', '<=', now() - signatureLifetime)
    .execute()
  await endUploads(store)
  await sweepCells(store, (id) => isEntry(store, id))
  let removed = 0
  // Whoever asks for it now is not put off by what others have done.
  if (lookEvery === 0 || (await isDue(store, 'look through blobs', lookEvery))) {
    await store.blobs.tidy?.(grace)
    removed += await removeDoomed(store)
  }
  removed += await removeOldUnused(store, now() - grace)
  removed += await doomSeen(store, now() - grace)
  return { removed, waiting: await countWaiting(store) }
}

/** Whether it is time for something that one of all nodes does. The next is put off in the same step, so that only one does. */
async function isDue({ db, now }: Store, name: string, every: number): Promise<boolean> {
  const dueAt = now() + every
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('chores')
    .values({ name, due_at: dueAt })
    .onConflict((row) => row.column('name').doUpdateSet({ due_at: dueAt }).where('chores.due_at', '<=', now()))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Whether an id is of a file, also of one in the trash. */
async function isEntry({ db }: Store, id: string): Promise<boolean> {
  return (await db.selectFrom('entries').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

async function endUploads(store: Store): Promise<void> {
  const ended = await store.db.selectFrom('uploads').select('token').where('ends_at', '<=', store.now()).execute()
  for (const { token } of ended) await endUpload(store, token)
}

/** Notes every blob that no row speaks of, and removes those that were doomed and are still there. */
async function removeDoomed(store: Store): Promise<number> {
  let removed = 0
  let keys: string[] = []
  const look = async () => {
    const left = await noteUnknown(store, keys)
    await discardBlobs(store, left)
    removed += left.length
    keys = []
  }
  for await (const { key } of store.blobs.list()) if (keys.push(key) === batch) await look()
  if (keys.length > 0) await look()
  return removed
}

/** The keys of those that are doomed. */
async function noteUnknown({ db, now }: Store, keys: readonly string[]): Promise<readonly string[]> {
  const rows = await db.selectFrom('blobs').select(['key', 'state']).where('key', 'in', keys).execute()
  const known = new Map(rows.map(({ key, state }) => [key, state]))
  const unknown = keys.filter((key) => !known.has(key))
  if (unknown.length > 0)
    await db
      .insertInto('blobs')
      .values(unknown.map((key) => ({ key, state: seen, since: now() })))
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
  return keys.filter((key) => known.get(key) === doomed)
}

/** Nobody begins to use what is unused, so its row goes with it. */
async function removeOldUnused(store: Store, before: number): Promise<number> {
  let removed = 0
  for (let after = ''; ; ) {
    const rows = await store.db
      .selectFrom('blobs')
      .select('key')
      .where('state', '=', unused)
      .where('since', '<=', before)
      .where('key', '>', after)
      .orderBy('key')
      .limit(batch)
      .execute()
    const last = rows.at(-1)
    if (!last) return removed
    await removeUnused(
      store,
      rows.map(({ key }) => key),
    )
    removed += rows.length
    after = last.key
  }
}

/** Up to so many unknown blobs may be more than those in use: a small store after a crash. */
const fewUnknown = 20

async function doomSeen(store: Store, before: number): Promise<number> {
  if (await seemsForeign(store, before)) return 0
  const rows = await store.db
    .updateTable('blobs')
    .set({ state: doomed, since: store.now() })
    .where('state', '=', seen)
    .where('since', '<=', before)
    .returning('key')
    .execute()
  await discardBlobs(
    store,
    rows.map(({ key }) => key),
  )
  return rows.length
}

async function countWaiting({ db }: Store): Promise<number> {
  const row = await db
    .selectFrom('blobs')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', 'in', [seen, unused])
    .executeTakeFirst()
  return row?.count ?? 0
}

/**
 * Whether more blobs are unknown than are in use. Then the blob store most likely belongs to another database, or this one
 * is empty by mistake, and nothing is to be removed.
 */
async function seemsForeign({ db, observe }: Store, before: number): Promise<boolean> {
  const row = await db
    .selectFrom('blobs')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', seen)
    .where('since', '<=', before)
    .executeTakeFirst()
  const count = row?.count ?? 0
  if (count <= fewUnknown) return false
  const inUse = db.selectFrom('blobs').select('key').where('state', '=', used).limit(1)
  if (await inUse.offset(count - 1).executeTakeFirst()) return false
  observe({ what: 'too many blobs unknown', count })
  return true
}
