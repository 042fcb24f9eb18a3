import { type BackOff, createBackOff } from './back-off.ts'
import type { Call, FileClient } from './client.ts'
import type { KnownVersion } from './known-version.ts'
import type { LockKeeper } from './lock-keeper.ts'
import type { SaveQueue } from './save-queue.ts'
import type { Facts } from './session-state.ts'
import { type Snapshot, sendable } from './snapshot.ts'
import type { Timers } from './timers.ts'
import { isUncertain, type Verdict, verdictOn } from './verdict.ts'

/** What the work of a session is done with. */
export interface Desk {
  readonly file: FileClient
  readonly call: () => Call
  readonly lockId: string
  /** Whether the host keeps locks. */
  readonly isLocking: boolean
  readonly lock: LockKeeper
  readonly facts: Facts
  readonly queue: SaveQueue
  readonly known: KnownVersion
  readonly timers: Timers
  /** Tells the state if it is another. */
  readonly report: () => void
  /** Asks the host for anything, to learn whether it is there. */
  readonly recheck: () => Promise<void>
}

/** The one thing at a time that a session does: hold the lock, know the file, save the latest content. */
export interface SessionWork {
  /** Does what is due, if anything is. */
  kick(): void
  /** The same, although it was given up before. */
  again(): void
  /** Does not wait any longer for a better moment. */
  hurry(): void
  /** Something went wrong elsewhere that began when so many tokens had been given. */
  failed(error: Error, tokensGiven: number): void
  /** The host has answered as it should. */
  healthy(): void
  /** Begins nothing more. Resolves when nothing is being done. */
  end(): Promise<void>
}

export function createSessionWork(desk: Desk): SessionWork {
  const { facts, queue, known, lock, timers } = desk
  const backOff: BackOff = createBackOff()
  let working: Promise<void> | undefined
  let isHalted = false
  /** How often someone wanted it to go on. What was under way then does not speak for what comes after. */
  let wishes = 0
  /** How often the host has contradicted itself since it last did as it said. */
  let contradictions = 0
  let stopWaiting: (() => void) | undefined
  let isEnded = false

  const isNeeded = () => queue.latest !== undefined || known.isUnsure || (desk.isLocking && !lock.isHeld)
  const isFree = () => !isEnded && !facts.readOnly && !facts.isTokenExpired && !isHalted && !stopWaiting

  function kick(): void {
    if (working || !isFree() || !isNeeded()) return
    working = work().finally(() => {
      working = undefined
      kick()
    })
  }

  async function work(): Promise<void> {
    while (isFree() && isNeeded()) {
      const [tokens, wished] = [facts.tokensGiven, wishes]
      await step().then(healthy, (error: Error) => failed(error, tokens, wished))
    }
  }

  async function step(): Promise<void> {
    if (desk.isLocking && !lock.isHeld) await lock.take()
    if (known.isUnsure) {
      const found = await known.look()
      if (found) stored(found)
    }
    const snapshot = queue.begin()
    if (snapshot) await save(snapshot)
  }

  async function save(snapshot: Snapshot): Promise<void> {
    try {
      const answer = await desk.file.putFile(request(snapshot), desk.call())
      await known.saved(snapshot, answer)
      stored(snapshot)
    } catch (error) {
      if (isUncertain(error)) known.sentInDoubt(snapshot)
      queue.failed(snapshot)
      throw error
    }
  }

  /** Whoever waits for a save finds the session as it is after it. */
  function stored(snapshot: Snapshot): void {
    clear()
    queue.stored(snapshot)
  }

  const request = (snapshot: Snapshot) => {
    const { isAutosave = false, isExitSave = queue.isLast, isModifiedByUser = true, editors, size } = snapshot.options
    const { timestamp } = known
    const lockHeader = desk.isLocking ? desk.lockId : undefined
    return {
      ...{ lock: lockHeader, editors, size, timestamp, isModifiedByUser, isAutosave, isExitSave },
      content: sendable(snapshot),
    }
  }

  function failed(error: Error, tokensGiven: number, wished = wishes): void {
    if (facts.isClosed) return
    const verdict = verdictOn(error, desk.isLocking ? desk.lockId : undefined)
    const isOfOldToken = verdict.is === 'token-expired' && tokensGiven !== facts.tokensGiven
    if (isOfOldToken || isPassedOver(verdict)) return
    if (verdict.is === 'lost') {
      facts.lost = verdict
      isHalted = wished === wishes
    } else if (verdict.is === 'token-expired') facts.isTokenExpired = true
    else wait(error)
    desk.report()
    if (isHalted || facts.isTokenExpired) queue.giveUp()
  }

  /** A lock or a version that the host no longer knows is looked into at once; the second time in a row, later. */
  function isPassedOver(verdict: Verdict): boolean {
    if (verdict.is !== 'unlocked' && verdict.is !== 'unsure') return false
    // That the lock is gone may be told more than once, by all that was under way.
    if (verdict.is === 'unsure' || lock.isHeld) contradictions++
    if (verdict.is === 'unlocked') lock.forget()
    known.doubt()
    return contradictions < 2
  }

  function wait(cause: Error): void {
    stopWaiting?.()
    const after = backOff.next(cause)
    facts.failing = { nextTryAt: timers.now() + after, cause }
    stopWaiting = timers.setTimer(() => {
      stopWaiting = undefined
      kick()
      if (!working) void desk.recheck()
    }, after)
  }

  function clear(): void {
    stopWaiting?.()
    stopWaiting = undefined
    contradictions = 0
    backOff.reset()
    Object.assign(facts, { lost: undefined, failing: undefined, isTokenExpired: false })
  }

  function healthy(): void {
    clear()
    desk.report()
    kick()
  }

  return {
    failed,
    healthy,
    kick,
    again() {
      wishes++
      isHalted = false
      kick()
    },
    hurry() {
      wishes++
      isHalted = false
      stopWaiting?.()
      stopWaiting = undefined
      backOff.reset()
      kick()
    },
    async end() {
      isEnded = true
      stopWaiting?.()
      while (working) await working
    },
  }
}
