import { createHash } from 'node:crypto'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { StateTables } from '../state/tables.ts'
import { memoryLimits } from './memory-limits.ts'
import { type Rate, type RateLimit, type RateLimits, slack } from './rate-limit.ts'

/** After so many calls, keys that nobody has used lately are taken out. */
const sweepAfter = 500

/**
 * Limits of all servers of a database, each by one statement, so that no two take the same turn. Keys lie there as hashes.
 * While the database is away each server counts by itself: nobody is locked out by that, and nobody may do more there than
 * one server allows. `now` is the database's clock.
 */
export function databaseLimits(db: Kysely<StateTables>, now: () => number): RateLimits {
  const alone = memoryLimits(now)
  const swept = sweeping(db, now)
  return (name, rate) => {
    const shared = sharedLimit(db, now, { name, rate })
    const own = alone(name, rate)
    return {
      async take(key) {
        // What this server alone has allowed often enough need not be asked for: guessing costs the database nothing.
        const ownWait = await own.take(key)
        if (ownWait > 0) return ownWait
        swept()
        const wait = await shared.take(key).catch(() => 0)
        if (wait > 0) await own.giveBack(key)
        return wait
      },
      async giveBack(key) {
        await own.giveBack(key)
        // While it is away, nothing was taken there either.
        await shared.giveBack(key).catch(() => undefined)
      },
    }
  }
}

interface Limit {
  readonly name: string
  readonly rate: Rate
}

function sharedLimit(db: Kysely<StateTables>, now: () => number, { name, rate: { times, per } }: Limit): RateLimit {
  const step = per / times
  const idOf = (key: string) => createHash('sha256').update(`${name}\0${key}`).digest('base64url')
  const busyUntil = (id: string) =>
    db.selectFrom('rate_limits').select('busy_until').where('id', '=', id).executeTakeFirst()

  return {
    async take(key) {
      const [id, at] = [idOf(key), now()]
      const next = laterOf(at, step)
      const taken = await db
        .insertInto('rate_limits')
        .values({ id, busy_until: at + step })
        .onConflict((row) =>
          row
            .column('id')
            .doUpdateSet({ busy_until: next })
            .where(sql<boolean>`${next} <= ${sql.lit(at + per + slack)}`),
        )
        .returning('busy_until')
        .executeTakeFirst()
      if (taken) return 0
      const { busy_until: until } = (await busyUntil(id)) ?? { busy_until: at }
      return Math.max(1, until + step - at - per)
    },
    async giveBack(key) {
      await db
        .updateTable('rate_limits')
        .set((row) => ({ busy_until: row('busy_until', '-', step) }))
        .where('id', '=', idOf(key))
        .execute()
    },
  }
}

/** One more after what there is, or from `at` on. */
const laterOf = (at: number, step: number): RawBuilder<number> =>
  sql<number>`(case when rate_limits.busy_until > ${sql.lit(at)} then rate_limits.busy_until else ${sql.lit(at)} end + ${sql.lit(step)})`

/** Takes out, now and then, what counts for nothing any more. */
function sweeping(db: Kysely<StateTables>, now: () => number): () => void {
  let calls = 0
  return () => {
    if (++calls % sweepAfter !== 0) return
    db.deleteFrom('rate_limits')
      .where('busy_until', '<=', now())
      .execute()
      .catch(() => undefined)
  }
}
