import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { compileOnce } from '../src/compile-once.ts'
import { type OpenDatabase, openDatabase } from '../src/open-database.ts'
import { ask, postgres } from './databases.ts'

const databases = postgres()

async function opened(): Promise<OpenDatabase & { readonly address: string }> {
  const address = await databases.fresh()
  const database = await openDatabase(address)
  onTestFinished(() => database.db.destroy())
  return { ...database, address }
}

interface Put {
  readonly key: string
  readonly since: number
}

const put = () =>
  compileOnce(['key', 'since'], (db, { key, since }: Put) =>
    db
      .insertInto('blobs')
      .values({ key, since, state: 1 })
      .onConflict((conflict) => conflict.doNothing()),
  )

const keysSince = () =>
  compileOnce(['since'], (db, { since }: Pick<Put, 'since'>) =>
    db.selectFrom('blobs').select(['key', 'since', 'state']).where('since', '>=', since).orderBy('key'),
  )

/** The year 33658: more than 32 bits hold. */
const late = 1e15

test('is answered with the same rows the first time, later, by itself and in a transaction', async () => {
  const { db, ...by } = await opened()
  const [adds, asks] = [put(), keysSince()]
  const rows = ['a', 'b', 'ö “quoted”\n'].map((key) => ({ key, since: late, state: 1 }))
  for (const { key, since } of rows) await adds.alone({ db, ...by }, { key, since })
  const first = await asks.alone({ db, ...by }, { since: late })
  expect(first).toEqual({ rows })
  expect(await asks.alone({ db, ...by }, { since: late })).toEqual(first)
  expect(await db.transaction().execute((trx) => asks.within(trx, { since: late }))).toEqual(first)
  expect(await asks.alone({ db, ...by }, { since: late + 1 })).toEqual({ rows: [] })
})

test('tells how many rows it has changed', async () => {
  const database = await opened()
  const adds = put()
  expect(await adds.alone(database, { key: 'a', since: 1 })).toEqual({ rows: [], numAffectedRows: 1n })
  expect(await adds.alone(database, { key: 'a', since: 1 })).toEqual({ rows: [], numAffectedRows: 0n })
})

test('has the server describe its rows once', async () => {
  const database = await opened()
  const asks = keysSince()
  const described = vi.spyOn(pg.Connection.prototype, 'describe')
  onTestFinished(() => described.mockRestore())
  for (let time = 0; time < 5; time++) await asks.alone(database, { since: 0 })
  expect(described).toHaveBeenCalledTimes(1)
})

test('is answered alike when its table has got another column meanwhile', async () => {
  const database = await opened()
  const [adds, asks] = [put(), keysSince()]
  await adds.alone(database, { key: 'a', since: 1 })
  const before = await asks.alone(database, { since: 0 })
  await ask(database.address, 'alter table blobs add column colour text')
  onTestFinished(() => ask(database.address, 'alter table blobs drop column colour'))
  expect(await asks.alone(database, { since: 0 })).toEqual(before)
})

test('fails by itself: what is asked next over its connection is answered', async () => {
  const database = await opened()
  const parts = compileOnce(['by'], (db, { by }: { readonly by: number }) =>
    db.selectFrom('blobs').select(({ eb }) => eb('since', '/', by).as('part')),
  )
  await put().alone(database, { key: 'a', since: 6 })
  const failing = () => expect(parts.alone(database, { by: 0 })).rejects.toThrow('division by zero')
  await Promise.all(Array.from({ length: 20 }, failing))
  expect((await parts.alone(database, { by: 2 })).rows).toEqual([{ part: 3 }])
})

test('fails once its database is closed', async () => {
  const database = await openDatabase(await databases.fresh())
  const asks = keysSince()
  await asks.alone(database, { since: 0 })
  await database.db.destroy()
  await expect(asks.alone(database, { since: 0 })).rejects.toThrow(/destroyed/)
})
