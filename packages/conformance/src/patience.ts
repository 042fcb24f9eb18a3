import { systemTimers, type Timers } from '@openwopi/client'

/** What `patiently` goes by. */
export interface Patience {
  /** Milliseconds that the work may take. */
  readonly milliseconds: number
  /** Ends the work before its time. */
  readonly end: AbortSignal | undefined
  readonly timers?: Timers
}

/**
 * Does work that a signal ends. A run sends thousands of requests: once one is done, nothing of its signal is left,
 * as a timer would be that `AbortSignal.timeout` has begun.
 */
export async function patiently<T>(
  { milliseconds, end, timers = systemTimers }: Patience,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  end?.throwIfAborted()
  const own = new AbortController()
  const stop = () => own.abort(end?.reason)
  const callOff = timers.setTimer(() => own.abort(timeUp()), milliseconds)
  end?.addEventListener('abort', stop)
  try {
    return await work(own.signal)
  } finally {
    callOff()
    end?.removeEventListener('abort', stop)
  }
}

const timeUp = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError')
