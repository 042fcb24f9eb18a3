import { WopiError } from '@openwopi/protocol'
import type { Timers } from './timers.ts'

const first = 1000
const longest = 60_000
const longestAskedFor = 10 * 60_000

/** The time between a failure and the next try: twice as long each time, and as long as the host asks for. */
export interface Pause {
  readonly isOn: boolean
  /** Says when it ends, in milliseconds since the epoch. */
  begin(cause: Error): number
  /** Ends it without a try, and begins small again. */
  reset(): void
}

export function createPause(timers: Timers, tryAgain: () => void): Pause {
  let tries = 0
  let stop: (() => void) | undefined
  const end = () => {
    stop?.()
    stop = undefined
  }
  return {
    get isOn() {
      return stop !== undefined
    },
    begin(cause) {
      end()
      const length = Math.max(Math.min(longest, first * 2 ** tries++), askedFor(cause))
      stop = timers.setTimer(() => {
        end()
        tryAgain()
      }, length)
      return timers.now() + length
    },
    reset() {
      end()
      tries = 0
    },
  }
}

/** Of the two forms of Retry-After only seconds are understood. */
function askedFor(cause: Error): number {
  const asked = WopiError.is(cause, 'ServerBusy') ? Number(cause.details.retryAfter) : 0
  return Number.isFinite(asked) ? Math.min(longestAskedFor, asked * 1000) : 0
}
