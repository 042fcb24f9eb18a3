import { type Kysely, sql } from 'kysely'
import type { StateTables } from './tables.ts'

type Db = Kysely<StateTables>

/** So many are kept: whoever has missed more of them looks at all users. */
const mostKept = 1000

/**
 * Notes that the user of a name is another one now, or none, as part of the transaction that makes it so. Two that want the
 * same number wait for each other, so that whoever reads a number has been able to read all before it.
 */
export async function noteUserChange(trx: Db, nameKey: string, now: number): Promise<void> {
  let noted: number | undefined
  while (noted === undefined) {
    const { rows } = await sql<{ number: number }>`insert into user_changes (number, name_key, at)
      select coalesce(max(number), 0) + 1, cast(${nameKey} as text), cast(${now} as bigint) from user_changes where true
      on conflict do nothing returning number`.execute(trx)
    noted = rows[0]?.number
  }
  await trx
    .deleteFrom('user_changes')
    .where('number', '<=', noted - mostKept)
    .execute()
}

/** Stands for the last change. */
export async function lastUserChange(db: Db): Promise<string> {
  const last = await db
    .selectFrom('user_changes')
    .select(['number', 'at'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? markOf(last) : ''
}

/** The keys of the names that changes after `mark` are about. `undefined`: that change is none of those that are kept. */
export async function userChangesSince(db: Db, mark: string): Promise<readonly string[] | undefined> {
  const from = Number.parseInt(mark, 10)
  if (Number.isNaN(from)) return undefined
  const rows = await db.selectFrom('user_changes').selectAll().where('number', '>=', from).orderBy('number').execute()
  const [first, ...later] = rows
  // A database that was set back, or replaced by a copy that lags, has counted to the same number with other changes.
  if (!first || markOf(first) !== mark) return undefined
  return [...new Set(later.map(({ name_key }) => name_key))]
}

const markOf = ({ number, at }: Pick<StateTables['user_changes'], 'number' | 'at'>) => `${number} ${at}`
