import type { Kysely, Selectable } from 'kysely'
import { hashPassword, isPassword } from '../password-hash.ts'
import { type MarkedUser, markOf, nameKey, type Users } from '../users.ts'
import type { StateTables } from './tables.ts'
import { lastUserChange, noteUserChange, userChangesSince } from './user-changes.ts'

type Db = Kysely<StateTables>
type Row = Selectable<StateTables['users']>

/** How long other nodes may go on with what they know of the users, in milliseconds. */
const freshFor = 1000

/** The users in the database that all nodes share. */
export function sqlUsers(db: Db, now: () => number): Users {
  const named = (name: string) => db.selectFrom('users').selectAll().where('name_key', '=', nameKey(name))
  const unasked = { text: Promise.resolve(''), askedAt: Number.NEGATIVE_INFINITY }
  let mark = unasked
  let known: string | undefined

  /** While the database is away, who was known to be a user is: nobody can be added or taken off there either. */
  async function markNow(): Promise<string> {
    const asked = lastUserChange(db).then((found) => {
      known = found
      return found
    })
    const before = known
    if (before === undefined) return asked
    const late = timeout(freshFor)
    return Promise.race([asked, late.passed])
      .catch(() => before)
      .finally(late.clear)
  }

  return {
    all: () => everyone(db),
    async find(name) {
      const row = await named(name).executeTakeFirst()
      return row && userIn(row)
    },
    async verify(name, password) {
      const row = await named(name).executeTakeFirst()
      const isRight = await isPassword(password, row?.hash)
      // Whoever signs in may have been added, or been given this password, only just now.
      if (isRight) mark = unasked
      return row && isRight ? { name: row.name, isOwner: row.is_owner === 1 } : undefined
    },
    async add({ name: given, password, isOwner: wanted }) {
      const name = given.normalize('NFC')
      const hash = await hashPassword(password)
      const anybody = await db.selectFrom('users').select('name').limit(1).executeTakeFirst()
      const isOwner = wanted === true || !anybody
      const row = { name_key: nameKey(name), name, is_owner: isOwner ? 1 : 0, hash, added_at: now() }
      return (await insert(db, row)) ? { name, isOwner } : undefined
    },
    async remove(name) {
      const gone = await take(db, nameKey(name), now())
      return gone && { name: gone.name, isOwner: gone.is_owner === 1 }
    },
    mark() {
      if (now() - mark.askedAt >= freshFor) mark = { text: markNow(), askedAt: now() }
      return mark.text
    },
    async changedSince(before) {
      const keys = await userChangesSince(db, before)
      return keys && usersOf(db, keys)
    },
  }
}

const userIn = ({ name, is_owner, hash }: Row): MarkedUser => ({
  name,
  isOwner: is_owner === 1,
  passwordMark: markOf(hash),
})

/** Adds a user. `false`: the name is taken. */
const insert = (db: Db, row: Row): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const added = await trx
      .insertInto('users')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .executeTakeFirst()
    if (added) await noteUserChange(trx, row.name_key, row.added_at)
    return added !== undefined
  })

const take = (db: Db, key: string, now: number): Promise<Row | undefined> =>
  db.transaction().execute(async (trx) => {
    const gone = await trx.deleteFrom('users').where('name_key', '=', key).returningAll().executeTakeFirst()
    if (gone) await noteUserChange(trx, key, now)
    return gone
  })

/** So many are read at once: other work goes on between one page and the next. */
const pageSize = 1000

async function everyone(db: Db): Promise<readonly MarkedUser[]> {
  const found: { readonly user: MarkedUser; readonly addedAt: number }[] = []
  const page = (after: string) =>
    db.selectFrom('users').selectAll().where('name_key', '>', after).orderBy('name_key').limit(pageSize).execute()
  for (let rows = await page(''); rows.length > 0; rows = await page(rows.at(-1)?.name_key ?? ''))
    for (const row of rows) found.push({ user: userIn(row), addedAt: row.added_at })
  found.sort((a, b) => a.addedAt - b.addedAt)
  return found.map(({ user }) => user)
}

async function usersOf(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, MarkedUser | undefined>> {
  const found = new Map<string, MarkedUser | undefined>(keys.map((key) => [key, undefined]))
  if (keys.length === 0) return found
  const rows = await db.selectFrom('users').selectAll().where('name_key', 'in', keys).execute()
  for (const row of rows) found.set(row.name_key, userIn(row))
  return found
}

/** Fails after so many milliseconds. */
function timeout(milliseconds: number) {
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not answer')), milliseconds)
  })
  return { passed, clear: () => clearTimeout(timer) }
}
