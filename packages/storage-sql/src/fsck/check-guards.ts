import { unused, used } from '../blob-states.ts'
import type { Kept } from '../carried.ts'
import type { Store } from '../store.ts'
import type { Checking, Fault } from './fault.ts'
import { hasBytes } from './intact.ts'
import { guard } from './restore.ts'
import { hits, isStillSo, pathOf, unguardedVersions } from './versions-to-check.ts'

/** Whether every content in use is kept from sweeps, and no other one is. */
export async function* checkGuards(checking: Checking): AsyncGenerator<Fault> {
  const { store, repairs } = checking
  for (const row of await unguardedVersions(store)) {
    if (!(await isStillSo(store, row))) continue
    const repair = repairs ? await guard(store, row.blob) : 'possible'
    yield { what: 'content not guarded', ...(await hits(store, row)), repair }
  }
  for (const blob of await forgotten(store)) {
    if (repairs) await letGo(store, blob)
    yield { what: 'content forgotten', blob, repair: repairs ? 'done' : 'possible' }
  }
}

/** Those that count as used are asked for first: what is said to be used later is then no part of them. */
async function forgotten({ db }: Store): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('blobs')
    .select('key')
    .where('state', '=', used)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('versions').select('blob').whereRef('versions.blob', '=', 'blobs.key'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('upload_parts').select('blob').whereRef('upload_parts.blob', '=', 'blobs.key'))),
    )
    .execute()
  if (rows.length === 0) return []
  const carried = new Set((await streams(db)).map(({ blob }) => blob))
  return rows.map(({ key }) => key).filter((key) => !carried.has(key))
}

/** It is swept once its time of grace is over, and so is never taken from somebody who is reading it. */
const letGo = ({ db, now }: Store, key: string) =>
  db
    .updateTable('blobs')
    .set({ state: unused, since: now() })
    .where('key', '=', key)
    .where('state', '=', used)
    .execute()

/** Whether what files carry, and what uploads have brought so far, is there. */
export async function* checkOthers({ store }: Checking): AsyncGenerator<Fault> {
  for (const { fileId, blob, size } of await streams(store.db))
    if (!(await hasBytes(store.blobs, blob, size)))
      yield { what: 'stream missing', fileId, blob, path: await pathOf(store, fileId), repair: 'none' }
  const parts = store.db.selectFrom('upload_parts').innerJoin('uploads', 'uploads.token', 'upload_parts.token')
  for (const { file_id, blob, size } of await parts
    .select(['uploads.file_id', 'upload_parts.blob', 'upload_parts.size'])
    .where('ends_at', '>', store.now())
    .execute())
    if (!(await hasBytes(store.blobs, blob, size)))
      yield { what: 'upload broken', fileId: file_id, blob, path: await pathOf(store, file_id), repair: 'none' }
}

async function streams(db: Store['db']) {
  const rows = await db.selectFrom('carried').select(['file_id', 'carried']).execute()
  return rows.flatMap(({ file_id, carried }) => {
    const { streams }: Kept = JSON.parse(carried)
    return streams.map(({ blob, size }) => ({ fileId: file_id, blob, size }))
  })
}
