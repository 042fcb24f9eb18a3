import type { Kysely } from 'kysely'
import { hashPassword, isPassword } from '../password-hash.ts'
import { markOf, type Users } from '../users.ts'
import type { StateTables } from './tables.ts'

/** How long other nodes may go on with what they know of the users, in milliseconds. */
const freshFor = 1000

/** The users in the database that all nodes share. */
export function sqlUsers(db: Kysely<StateTables>, now: () => number): Users {
  const named = (name: string) => db.selectFrom('users').selectAll().where('name_key', '=', keyOf(name))
  const unasked = { text: Promise.resolve(''), askedAt: Number.NEGATIVE_INFINITY }
  let mark = unasked
  let known: string | undefined

  /** While the database is away, who was known to be a user is: nobody can be added or taken off there either. */
  async function markNow(): Promise<string> {
    const asked = marksOf(db).then((found) => {
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
    async all() {
      const rows = await db.selectFrom('users').selectAll().orderBy('added_at').orderBy('name').execute()
      return rows.map(({ name, is_owner, hash }) => ({ name, isOwner: is_owner === 1, passwordMark: markOf(hash) }))
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
      const added = await db
        .insertInto('users')
        .values({ name_key: keyOf(name), name, is_owner: isOwner ? 1 : 0, hash, added_at: now() })
        .onConflict((row) => row.doNothing())
        .returning('name')
        .executeTakeFirst()
      return added && { name, isOwner }
    },
    async remove(name) {
      const gone = await db.deleteFrom('users').where('name_key', '=', keyOf(name)).returningAll().executeTakeFirst()
      return gone && { name: gone.name, isOwner: gone.is_owner === 1 }
    },
    mark() {
      if (now() - mark.askedAt >= freshFor) mark = { text: markNow(), askedAt: now() }
      return mark.text
    },
  }
}

/** Fails after so many milliseconds. */
function timeout(milliseconds: number) {
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database does not answer')), milliseconds)
  })
  return { passed, clear: () => clearTimeout(timer) }
}

/** Case and the way accents are composed do not tell people apart. */
const keyOf = (name: string) => name.normalize('NFC').toLowerCase()

async function marksOf(db: Kysely<StateTables>): Promise<string> {
  const rows = await db.selectFrom('users').select(['name', 'is_owner', 'hash']).orderBy('name_key').execute()
  return rows.map(({ name, is_owner, hash }) => `${JSON.stringify(name)} ${is_owner} ${markOf(hash)}`).join('\n')
}
