import type { Desk } from './desk.ts'
import type { CloseResult } from './edit-session.ts'
import type { SessionState } from './session-state.ts'
import type { SessionWork } from './session-work.ts'
import type { Timers } from './timers.ts'
import { isUncertain } from './verdict.ts'

interface Ending extends Desk {
  readonly work: SessionWork
  readonly ended: AbortController
  readonly state: () => SessionState
  /** Whoever has taken this session's place holds it now. */
  readonly keepLock: boolean
}

/** Between two tries to unlock, in milliseconds. */
const pause = 1000
/** However late the last save was done, in milliseconds. */
const leastToUnlock = 5000
const closed = new Error('the session is closed')

/** Saves what is left and then unlocks, never the other way round: whoever may lock next must find the last words. */
export async function closeSession(ending: Ending, within: number): Promise<CloseResult> {
  const { facts, queue, work, ended, timers, report } = ending
  const deadline = timers.now() + within
  const saved = queue.last()
  if (facts.readOnly || facts.isTokenExpired) queue.giveUp()
  else if (queue.latest) work.hurry()
  await atMost(timers, within, saved)

  const state = ending.state()
  const unsaved = queue.latest
  // Also when it seems to be lost: the answer to a Lock may have been, and then the host still holds it for us.
  const lockLeft =
    unsaved || ending.keepLock || !ending.isLocking
      ? undefined
      : await giveLockBack(ending, Math.max(deadline, timers.now() + leastToUnlock))
  facts.isClosed = true
  ended.abort(closed)
  await work.end()
  ending.lock.forget()
  report()
  queue.giveUp()
  if (unsaved) return { isSaved: false, unsaved, state, ...(facts.failing && { cause: facts.failing.cause }) }
  return { isSaved: true, ...(lockLeft && { lockLeft }) }
}

/** Why the lock could not be given back; `undefined`: it is not held any more. */
async function giveLockBack({ lock, work, ended, timers }: Ending, deadline: number): Promise<Error | undefined> {
  const callOff = timers.setTimer(() => ended.abort(closed), deadline - timers.now())
  try {
    await work.end()
    for (;;) {
      const failure = await lock.release().catch((error: Error) => error)
      if (!failure || !isUncertain(failure) || timers.now() + pause >= deadline) return failure || undefined
      await new Promise<void>((resolve) => timers.setTimer(resolve, pause))
    }
  } finally {
    callOff()
  }
}

/** Waits for `promise`, but not longer than `limit` milliseconds. */
async function atMost(timers: Timers, limit: number, promise: Promise<unknown>): Promise<void> {
  let stop = () => {}
  const timeUp = new Promise<void>((resolve) => {
    stop = timers.setTimer(resolve, limit)
  })
  await Promise.race([promise, timeUp])
  stop()
}
