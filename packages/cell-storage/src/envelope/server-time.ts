import { succeeded } from './answer.ts'
import type { SubRequestHandler } from './answer-envelope.ts'
import { ticksSince0001 } from './ticks.ts'

/** Answers what time it is, in ticks since the year 1. `now`: milliseconds since 1970. */
export const serverTime =
  (now: () => number): SubRequestHandler =>
  async () =>
    succeeded({ attributes: { ServerTime: String(ticksSince0001(now())) } })
