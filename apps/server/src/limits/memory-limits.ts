import { type RateLimits, slack } from './rate-limit.ts'

/** More keys than this are not remembered: the longest unused is forgotten first. */
const mostKeys = 10_000

/** Limits of this process alone: for each key, until when what was done keeps it busy. */
export function memoryLimits(now: () => number): RateLimits {
  const all = new Map<string, Map<string, number>>()
  return (name, { times, per }) => {
    const busy = all.get(name) ?? new Map<string, number>()
    all.set(name, busy)
    const step = per / times
    const set = (key: string, until: number) => {
      busy.delete(key)
      busy.set(key, until)
      const [oldest] = busy.keys()
      if (busy.size > mostKeys && oldest !== undefined) busy.delete(oldest)
    }
    return {
      async take(key) {
        const at = now()
        const until = Math.max(busy.get(key) ?? at, at) + step
        if (until - at > per + slack) return until - at - per
        set(key, until)
        return 0
      },
      async giveBack(key) {
        const until = busy.get(key)
        if (until !== undefined) set(key, until - step)
      },
    }
  }
}
