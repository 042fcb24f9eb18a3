import { sql } from 'kysely'
import type { Db } from './store.ts'

/** The time by another machine's clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Reads the other clock again. */
  refresh(): Promise<void>
}

/** How often the clock is read for one comparison: the reading that took least time is the truest. */
const readings = 3

/**
 * PostgreSQL's clock, read over the network and carried on by this machine's steady one: nodes whose own clocks are wrong, or
 * are set while they run, agree on what time it is.
 */
export async function databaseClock(db: Db, steady: () => number): Promise<Clock> {
  let ahead = 0
  async function read() {
    const before = steady()
    const { rows } = await sql<{
      at: number
    }>`select extract(epoch from clock_timestamp())::float8 * 1000 as at`.execute(db)
    const after = steady()
    return { took: after - before, ahead: (rows[0]?.at ?? Number.NaN) - (before + after) / 2 }
  }
  async function refresh() {
    let best = await read()
    for (let count = 1; count < readings; count++) {
      const next = await read()
      if (next.took < best.took) best = next
    }
    ahead = best.ahead
  }
  await refresh()
  return { refresh, now: () => Math.floor(steady() + ahead) }
}
