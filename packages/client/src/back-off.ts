import { WopiError } from '@openwopi/protocol'

const first = 1000
const longest = 60_000
const longestAskedFor = 10 * 60_000

/** How long to wait before the next try, in milliseconds: twice as long each time, and as long as the host asks for. */
export interface BackOff {
  next(cause: Error): number
  reset(): void
}

export function createBackOff(): BackOff {
  let tries = 0
  return {
    next: (cause) => Math.max(Math.min(longest, first * 2 ** tries++), askedFor(cause)),
    reset() {
      tries = 0
    },
  }
}

/** Of the two forms of Retry-After only seconds are understood. */
function askedFor(cause: Error): number {
  const asked = WopiError.is(cause, 'ServerBusy') ? Number(cause.details.retryAfter) : 0
  return Number.isFinite(asked) ? Math.min(longestAskedFor, asked * 1000) : 0
}
