import { WopiUnreachable } from './failures.ts'
import type { Timers } from './timers.ts'

/** Breaks a request off when nothing has moved for too long, or when its caller no longer wants it. */
export interface Idle {
  readonly signal: AbortSignal
  /** Something moved: the time starts again, `extra` milliseconds longer. */
  moved(extra?: number): void
  /** It is the other side of this program that is slow now: no time runs. */
  rest(): void
  /** The request is over. */
  done(): void
  /** The request is over, and what still flows is cut off. */
  cut(): void
}

/** `timeout` is in milliseconds. */
export function watchIdle(timers: Timers, timeout: number, caller?: AbortSignal): Idle {
  const controller = new AbortController()
  let stop = () => {}
  let isOver = false
  const rest = () => stop()
  const abandon = () => controller.abort(caller?.reason)
  const done = () => {
    isOver = true
    rest()
    caller?.removeEventListener('abort', abandon)
  }
  if (caller?.aborted) abandon()
  caller?.addEventListener('abort', abandon)

  return {
    signal: controller.signal,
    rest,
    done,
    moved(extra = 0) {
      rest()
      // Content that was on its way when the request ended still arrives, and nobody waits for more.
      if (isOver) return
      const expire = () => controller.abort(new WopiUnreachable(`nothing moved for ${timeout + extra} ms`))
      stop = timers.setTimer(expire, timeout + extra)
    },
    cut() {
      done()
      controller.abort()
    },
  }
}
