/** The clock and the alarm that everything timed in this package goes by. */
export interface Timers {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls `run` once after `after` milliseconds. What it returns calls that off. */
  setTimer(run: () => void, after: number): () => void
}

/** The machine's own. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  setTimer(run, after) {
    const timer = setTimeout(run, after)
    return () => clearTimeout(timer)
  },
}
