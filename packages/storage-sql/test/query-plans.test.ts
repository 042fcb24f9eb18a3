import type { CompiledQuery } from 'kysely'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import type { SqlStorage } from '../src/sql-storage.ts'
import { postgres } from './databases.ts'
import { ann, content, openTestStorage, there } from './open-test-storage.ts'
import { filledDatabase, plansFor } from './plans.ts'
import { watchedDialect } from './watched-dialect.ts'

const databases = postgres()

/** As many files as make the database think about how it reads them. */
const manyFiles = [
  `insert into entries (id, parent_id, kind, name, name_key, sort_key, state, owner_id, sequence, version, size, modified_at, kept)
   select 'p' || n, 'root', 0, 'folder ' || n, 'folder ' || n, 'folder ' || n, 0, 'ann', 0, '', 0, 0, 0 from generate_series(0, 199) n`,
  `insert into entries (id, parent_id, kind, name, name_key, sort_key, state, owner_id, sequence, version, size, modified_at, sha256, blob, kept)
   select 'f' || n, 'p' || n % 200, 1, 'file ' || n, 'file ' || n, 'file ' || n, 0, 'ann', 1, '1.a', n, n, 'h', 'b' || n, 1
   from generate_series(1, 20000) n`,
  `insert into versions select 'f' || n, 1, '1.a', n, n, 'h', 'b' || n, '{"id":"ann"}', null, 0, 0 from generate_series(1, 20000) n`,
  `insert into blobs select 'b' || n, 1, 0 from generate_series(1, 20000) n`,
  `insert into user_info select 'u' || n, 'info' from generate_series(1, 20000) n`,
  'analyze',
]

/** A storage with many files, and how the server means to answer what `work` asks of it. */
async function plansOf(work: (sql: SqlStorage) => Promise<unknown>, settings = ''): Promise<string[]> {
  const address = await databases.fresh()
  const asked: CompiledQuery[] = []
  const before = (query: CompiledQuery) => void asked.push(query)
  const sql = await openTestStorage(databases, { database: watchedDialect(address, { before }) })
  const client = await filledDatabase(address, manyFiles)
  await client.query(settings)
  const from = asked.length
  await work(sql)
  return plansFor(client, asked.slice(from))
}

const readsAll = (plan: string) => /Seq Scan/.test(plan)

const lock = { id: 'L', expiresAt: 1, version: '1', by: ann.by }

test('what editors do all the time is answered by indexes, however many files there are', async () => {
  const plans = await plansOf(async ({ storage, locks, containers, versions }) => {
    const file = there(await storage.find('f77', 'ann'))
    await locks.read(file.id)
    await locks.swap(file.id, undefined, lock)
    await locks.swap(file.id, lock, { ...lock, expiresAt: 2 })
    await storage.write(file, content('x'), ann)
    await storage.child('p7', 'file 7')
    await storage.rename(file, 'other name')
    await storage.create('root', ['new'], content('x'), ann)
    await versions.list(file.id)
    for (const sort of ['name', 'size', 'modifiedAt'] as const) {
      const { next = '' } = await containers.children('p7', { limit: 10, sort })
      await containers.children('p7', { limit: 10, sort, after: next })
      await containers.children('p7', { limit: 10, sort, descending: true })
    }
    await containers.ancestors(file.id)
    await storage.remove(file, ann)
  })
  expect(plans.filter(readsAll)).toEqual([])
})

test('a page of a large folder is read in its order, not sorted', async () => {
  const plans = await plansOf(async ({ containers }) => {
    for (const sort of ['name', 'size', 'modifiedAt'] as const) {
      const { next = '' } = await containers.children('p7', { limit: 10, sort })
      await containers.children('p7', { limit: 10, sort, after: next, descending: false })
    }
  })
  expect(plans.filter((plan) => /limit \$/.test(plan) && /Sort/.test(plan))).toEqual([])
})

test('nothing that is asked about one file, user or link needs more than an index', async () => {
  const links = { base: 'https://files.example/s/', key: new Uint8Array(32).fill(1) }
  const plans = await plansOf(async (sql) => {
    const { storage, streams, uploads, signatures, activities, trash } = sql
    const file = there(await storage.find('f77'))
    const carries = { properties: [], streams: [{ id: 's', content: content('s') }] }
    const saved = there(await storage.write(file, content('x'), { ...ann, carries }))
    await streams.of(saved)
    const { token } = there(await uploads.begin({ fileId: file.id, userId: 'ann' }))
    await uploads.add(token, 0, content('x'))
    await uploads.end(token)
    await signatures.keep({ fileId: file.id, version: saved.version }, {})
    await signatures.find({ fileId: file.id, version: saved.version })
    await activities.list(file.id)
    await activities.mentioning('ann', 10)
    const shares = sql.shares(links)
    const { url, id } = await shares.share({ resource: { on: 'file', id: file.id }, type: 'ReadOnly', by: ann.by })
    await shares.get(id)
    await shares.list({ on: 'file', id: file.id })
    await shares.revoke(url)
    await storage.remove(saved, ann)
    await trash.list()
    await trash.restore(file.id)
    await sql.lockedFiles()
  }, 'set enable_seqscan = off')
  expect(plans.filter(readsAll)).toEqual([])
})

test('a part of a name is looked for by an index where the server has what that takes', async () => {
  const plans = await plansOf((sql) => sql.search('ile 777', 10))
  expect(plans[0]).toMatch(/entries_by_part/)
})

test('a lock that is refreshed is written beside the row it replaces, without any index', async () => {
  const address = await databases.fresh()
  const { storage, locks, close } = await openTestStorage(databases, { database: address })
  const { id } = there(await storage.create('root', ['a'], content('x'), ann))
  await locks.swap(id, undefined, lock)
  for (let expiresAt = 1; expiresAt <= 20; expiresAt++)
    expect(await locks.swap(id, { ...lock, expiresAt }, { ...lock, expiresAt: expiresAt + 1 })).toBe(true)
  // A connection tells at its end at the latest what has been done on it.
  await close()
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  onTestFinished(() => client.end())
  const counted = `select n_tup_hot_upd from pg_stat_user_tables where relname = 'entries'`
  const count = async () => Number((await client.query(counted)).rows[0].n_tup_hot_upd)
  await expect.poll(count).toBeGreaterThanOrEqual(20)
})
