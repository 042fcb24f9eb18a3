import type { Timers } from '../src/index.ts'

/** Time that passes only when told to. */
export interface Clock extends Timers {
  /** Lets so many milliseconds pass, and everything that falls due in them happen. */
  advance(by: number): void
  /** How many timers are set. */
  readonly pending: number
}

export function aClock(): Clock {
  let time = 1_700_000_000_000
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()
  const nextUntil = (end: number) => [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
  return {
    now: () => time,
    setTimer(run, after) {
      const timer = { at: time + after, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance(by) {
      const end = time + by
      for (let due = nextUntil(end); due; due = nextUntil(end)) {
        timers.delete(due)
        time = Math.max(time, due.at)
        due.run()
      }
      time = end
    },
    get pending() {
      return timers.size
    },
  }
}
