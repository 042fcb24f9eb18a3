import { ApiFailure } from './api-failure.ts'

/** The first wait before something is asked again, and the longest, in milliseconds. */
const first = 500
const longest = 15_000

/** Tells people that something cannot be reached. */
export interface OutageNotice {
  /** `tryNow`: waits no longer. */
  show(tryNow: () => void): void
  hide(): void
}

/** Whether nothing has been refused: whoever would have to answer could not be asked. */
export const isOutage = (cause: unknown): boolean => cause instanceof ApiFailure && cause.why === 'host-away'

/** Whether it is what proxies answer in the place of a server that is not there. */
export const isOutageStatus = (status: number): boolean => status === 502 || status === 503 || status === 504

/** Asks again and again until there is an answer, which may be a refusal. */
export type UntilReached = <T extends NonNullable<unknown>>(ask: () => Promise<T>) => Promise<T>

/** Asks until there is an answer, after waits that grow, and says so for as long as there is none. */
export function untilReached(notice: OutageNotice): UntilReached {
  const wakes = new Set<() => void>()
  let away = 0
  const tryNow = () => {
    for (const wake of wakes) wake()
  }
  window.addEventListener('online', tryNow)

  async function askAgain<T extends NonNullable<unknown>>(ask: () => Promise<T>): Promise<T> {
    if (away++ === 0) notice.show(tryNow)
    try {
      for (let tries = 0; ; tries++) {
        await pause(waitAfter(tries), wakes)
        const answer = await ask().catch(unlessOutage)
        if (answer !== undefined) return answer
      }
    } finally {
      if (--away === 0) notice.hide()
    }
  }
  return async (ask) => (await ask().catch(unlessOutage)) ?? askAgain(ask)
}

function unlessOutage(cause: unknown): undefined {
  if (!isOutage(cause)) throw cause
}

/** How long to wait before the next try, in milliseconds. Pages that have lost one server do not all come back at once. */
export const waitAfter = (tries: number): number => Math.min(longest, first * 2 ** tries) * (0.5 + Math.random() / 2)

function pause(milliseconds: number, wakes: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      wakes.delete(wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    wakes.add(wake)
  })
}
