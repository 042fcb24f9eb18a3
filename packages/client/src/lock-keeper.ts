import { WopiError } from '@openwopi/protocol'
import type { Call, FileClient } from './client.ts'
import type { Facts } from './session-state.ts'
import type { Timers } from './timers.ts'
import { reasonOf, SessionLost } from './verdict.ts'

/** A lock that is refreshed on time for as long as it is held. */
export interface LockKeeper {
  readonly isHeld: boolean
  /** Takes the lock. Throws `SessionLost` when someone else has it. */
  take(): Promise<void>
  /** Refreshes it now if it is held. Failures go to `failed`. */
  refresh(): Promise<void>
  /** It is held no more: nothing is sent. */
  forget(): void
  /** Gives it back. One that is held no more is fine. */
  release(): Promise<void>
}

export interface LockKeeperOptions {
  readonly file: FileClient
  readonly call: () => Call
  readonly lockId: string
  readonly isHeld: boolean
  readonly timers: Timers
  /** Milliseconds. */
  readonly every: number
  readonly facts: Pick<Facts, 'isTokenExpired' | 'tokensGiven'>
  readonly refreshed: () => void
  /** It may have been lost, unseen, before it was taken again. */
  readonly retaken: () => void
  readonly failed: (error: Error, tokensGiven: number) => void
}

/** After a refresh that failed, the next one, in milliseconds: often enough to be in time for the lock's half hour. */
const soon = 60_000

export function keepLock(options: LockKeeperOptions): LockKeeper {
  const { file, call, lockId: lock, timers, every } = options
  let isHeld = options.isHeld
  let stop = () => {}
  let refreshing: Promise<void> = Promise.resolve()

  const schedule = (after: number) => {
    stop()
    if (isHeld) stop = timers.setTimer(refresh, after)
  }
  function refresh(): Promise<void> {
    refreshing = refreshing.then(() => (isHeld ? refreshOnce() : undefined))
    return refreshing
  }
  async function refreshOnce(): Promise<void> {
    const { isTokenExpired, tokensGiven } = options.facts
    if (isTokenExpired) return schedule(Math.min(soon, every))
    try {
      await extend()
      schedule(every)
      options.refreshed()
    } catch (error) {
      if (WopiError.is(error, 'LockMismatch')) forget()
      else schedule(Math.min(soon, every))
      options.failed(error as Error, tokensGiven)
    }
  }
  /** Lock with an id that is held refreshes it, on hosts that know no RefreshLock. */
  const extend = () =>
    file.refreshLock({ lock }, call()).catch((error: unknown) => {
      if (!WopiError.is(error, 'NotImplemented')) throw error
      return file.lock({ lock }, call()).then(options.retaken)
    })
  function forget(): void {
    isHeld = false
    stop()
  }
  if (isHeld) schedule(every)

  return {
    get isHeld() {
      return isHeld
    },
    refresh,
    forget,
    async take() {
      await file.lock({ lock }, call()).catch(rethrowLocked)
      isHeld = true
      schedule(every)
    },
    async release() {
      stop()
      // A refresh that is under way could take the lock again after it has been given back.
      await refreshing
      stop()
      await file.unlock({ lock }, call()).catch((error: unknown) => {
        if (!WopiError.is(error, 'LockMismatch')) throw error
      })
      isHeld = false
    },
  }
}

function rethrowLocked(cause: unknown): never {
  if (!WopiError.is(cause, 'LockMismatch')) throw cause
  throw new SessionLost({ is: 'lost', why: 'locked', lock: cause.details.lock, ...reasonOf(cause) }, { cause })
}
