import { type Kysely, type Migration, sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { connectTo, migrate } from '../src/connect.ts'
import { sqlite } from './databases.ts'

const table = (name: string): Migration => ({
  up: (db: Kysely<unknown>) => db.schema.createTable(name).addColumn('id', 'integer').execute(),
})
const [first, second, third] = [{ '001-a': table('a') }, { '002-b': table('b') }, { '003-c': table('c') }]

async function empty() {
  const { db } = connectTo<unknown>(await sqlite.fresh(), { connections: 1 })
  onTestFinished(() => db.destroy())
  return db
}

test('a database that a server with a slow clock has brought up to date is opened by all, and brought on', async () => {
  const db = await empty()
  await migrate(db, { ...first, ...second }, 'test')
  await sql`update test_migrations set timestamp = '2001-01-01T00:00:00.000Z' where name = '002-b'`.execute(db)
  await migrate(db, { ...first, ...second }, 'test')
  await migrate(db, { ...first, ...second, ...third }, 'test')
  await sql`select * from c`.execute(db)
})

test('a database of a newer version is refused, and says so', async () => {
  const db = await empty()
  await migrate(db, { ...first, ...second }, 'test')
  await expect(migrate(db, first, 'test')).rejects.toThrow('the database was made by a newer version of this program')
})
