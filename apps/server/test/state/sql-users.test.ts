import { connectUpToDate } from '@openwopi/storage-sql/connect'
import fc from 'fast-check'
import type { CompiledQuery, Kysely } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { type Databases, overEach, sqlite } from '../../../../packages/storage-sql/test/databases.ts'
import { watchedDialect } from '../../../../packages/storage-sql/test/watched-dialect.ts'
import { people } from '../../src/sign-in/people.ts'
import { personId } from '../../src/sign-in/person.ts'
import { migrations } from '../../src/state/migrations.ts'
import { sqlUsers } from '../../src/state/sql-users.ts'
import type { StateTables } from '../../src/state/tables.ts'
import { noteUserChange } from '../../src/state/user-changes.ts'

type Db = Kysely<StateTables>

/** A server that has been asked who may use it, and what has been asked of the database since. */
async function serving(databases: Databases, names: readonly string[] = []) {
  const asked: string[] = []
  const before = ({ sql }: CompiledQuery) => void asked.push(sql)
  const dialect = watchedDialect(await databases.fresh(), { before })
  const { db } = await connectUpToDate<StateTables>(dialect, { migrations, name: 'server' })
  onTestFinished(() => db.destroy())
  for (const name of names) await put(db, name)
  let time = 0
  const known = people(
    sqlUsers(db, () => time),
    { host: '0.0.0.0' },
  )
  const pass = () => {
    time += 1000
  }
  await known.first()
  asked.length = 0
  return { db, known, asked, pass }
}

/** Adds a user, or gives them another password, as commands do but for the time that a password takes. */
const put = (db: Db, name: string, password = 'hash') =>
  db.transaction().execute(async (trx) => {
    const row = { name_key: name.toLowerCase(), name, is_owner: 0, hash: password, added_at: 0 }
    await trx.deleteFrom('users').where('name_key', '=', row.name_key).execute()
    await trx.insertInto('users').values(row).execute()
    await noteUserChange(trx, row.name_key, 0)
  })

const remove = (db: Db, name: string) => sqlUsers(db, () => 0).remove(name)

const readsOfUsers = (asked: readonly string[]) => asked.filter((sql) => sql.includes('from "users"'))

overEach((databases) => {
  test('of many users, only those are looked at who have been added or taken away', async () => {
    const { db, known, asked, pass } = await serving(
      databases,
      Array.from({ length: 30 }, (_, n) => `user ${n}`),
    )
    for (let second = 0; second < 5; second++) {
      pass()
      expect(await known.includes(personId('user 7'))).toBe(true)
    }
    expect(readsOfUsers(asked)).toEqual([])
    await remove(db, 'user 7')
    await put(db, 'New')
    pass()
    asked.length = 0
    expect(await known.includes(personId('user 7'))).toBe(false)
    expect(await known.named('New')).toMatchObject({ name: 'New' })
    expect(await known.named('user 8')).toMatchObject({ name: 'user 8' })
    expect(readsOfUsers(asked)).toEqual([expect.stringContaining('"name_key" in (')])
  })

  test('someone who is given another password is known by that one, whatever case their name is written in then', async () => {
    const { db, known, pass } = await serving(databases, ['anna'])
    const before = await known.passwordMarkOf('anna')
    await put(db, 'Anna', 'another hash')
    pass()
    expect(await known.passwordMarkOf('anna')).toBeUndefined()
    expect(await known.passwordMarkOf('Anna')).not.toBe(before)
    expect([await known.includes(personId('anna')), await known.includes(personId('Anna'))]).toEqual([false, true])
  })

  test('of several that are added and taken away at once, none is missed', async () => {
    const { db, known, pass } = await serving(databases, ['gone', 'stays'])
    await Promise.all([...Array.from({ length: 6 }, (_, n) => put(db, `new ${n}`)), remove(db, 'gone')])
    pass()
    const names = ['gone', 'stays', ...Array.from({ length: 6 }, (_, n) => `new ${n}`)]
    const there = await Promise.all(names.map(async (name) => (await known.named(name)) !== undefined))
    expect(there).toEqual([false, true, true, true, true, true, true, true])
    const noted = await db.selectFrom('user_changes').select('number').orderBy('number').execute()
    expect(noted.map(({ number }) => number)).toEqual(noted.map((_, at) => at + 1))
  })

  test('whoever has missed more changes than are kept knows everyone all the same', async () => {
    const { db, known, pass } = await serving(databases, ['gone', 'stays'])
    await remove(db, 'gone')
    const changes = Array.from({ length: 1000 }, (_, n) => ({ number: 4 + n, name_key: 'stays', at: 0 }))
    for (let at = 0; at < 1000; at += 250)
      await db
        .insertInto('user_changes')
        .values(changes.slice(at, at + 250))
        .execute()
    await put(db, 'new')
    pass()
    expect(await known.named('gone')).toBeUndefined()
    expect(await known.named('new')).toBeDefined()
    expect(await known.named('stays')).toBeDefined()
    expect(await db.selectFrom('user_changes').select('number').execute()).toHaveLength(1000)
  })

  test('a database that was set back to an older state is believed', async () => {
    const { db, known, pass } = await serving(databases, ['anna', 'bob'])
    await db.deleteFrom('users').where('name', '=', 'bob').execute()
    await db.deleteFrom('user_changes').where('number', '=', 2).execute()
    // It counts on from there, and comes to a number that was another change before.
    await db.transaction().execute((trx) => noteUserChange(trx, 'carla', 7))
    await db
      .insertInto('users')
      .values({ name_key: 'carla', name: 'carla', is_owner: 0, hash: '', added_at: 7 })
      .execute()
    pass()
    expect(await known.named('bob')).toBeUndefined()
    expect(await known.named('carla')).toBeDefined()
  })
})

test('users are listed in the order in which they were added, however many pages they take', async () => {
  const { db } = await serving(sqlite)
  const rows = Array.from({ length: 2500 }, (_, n) => {
    const name = `u${(n * 7919) % 2500}`
    return { name_key: name, name, is_owner: 0, hash: '', added_at: n }
  })
  for (let at = 0; at < rows.length; at += 100)
    await db
      .insertInto('users')
      .values(rows.slice(at, at + 100))
      .execute()
  const listed = await sqlUsers(db, () => 0).all()
  expect(listed.map(({ name }) => name)).toEqual(rows.map(({ name }) => name))
})

test('after any changes by others, a server knows exactly the users that there are', async () => {
  const name = fc.constantFrom('anna', 'Anna', 'bob', 'carla', 'Öz')
  const step = fc.oneof(
    fc.record({ does: fc.constant('put' as const), name, password: fc.constantFrom('one', 'two') }),
    fc.record({ does: fc.constant('remove' as const), name }),
    fc.record({ does: fc.constant('look' as const), name }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { db, known, pass } = await serving(sqlite)
      for (const each of steps) {
        if (each.does === 'put') await put(db, each.name, each.password)
        else if (each.does === 'remove') await remove(db, each.name)
        pass()
        if (each.does !== 'look') continue
        const found = (await sqlUsers(db, () => 0).all()).find((user) => user.name === each.name)
        expect(await known.passwordMarkOf(each.name)).toBe(found?.passwordMark)
        expect(await known.includes(personId(each.name))).toBe(found !== undefined)
      }
    }),
    { numRuns: 12 },
  )
})
