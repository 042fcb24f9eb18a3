import type { Desk } from './desk.ts'
import { createPause } from './pause.ts'
import { type Snapshot, sendable } from './snapshot.ts'
import { isUncertain, type Verdict, verdictOn } from './verdict.ts'

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
  const { facts, queue, known, lock } = desk
  const pause = createPause(desk.timers, () => {
    kick()
    if (!working) void desk.recheck()
  })
  let working: Promise<void> | undefined
  let isHalted = false
  /** How often someone wanted it to go on. What was under way then does not speak for what comes after. */
  let wishes = 0
  /** How often the host has contradicted itself since it last did as it said. */
  let contradictions = 0
  let isEnded = false

  const isNeeded = () => queue.latest !== undefined || known.isUnsure || (desk.isLocking && !lock.isHeld)
  const isFree = () => !isEnded && !facts.readOnly && !facts.isTokenExpired && !isHalted && !pause.isOn

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
    if (desk.isLocking && !lock.isHeld) {
      await lock.take()
      // Someone may have written between the old lock and the new one.
      known.doubt()
    }
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
    else facts.failing = { nextTryAt: pause.begin(error), cause: error }
    desk.report()
    if (isHalted || facts.isTokenExpired) queue.giveUp()
  }

  /** A lock or a version that the host no longer knows is looked into at once; the second time in a row, later. */
  function isPassedOver(verdict: Verdict): boolean {
    if (verdict.is !== 'unlocked' && verdict.is !== 'unsure') return false
    // That the lock is gone may be told more than once, by all that was under way.
    if (verdict.is === 'unsure' || lock.isHeld) contradictions++
    if (verdict.is === 'unlocked') lock.forget()
    else known.doubt()
    return contradictions < 2
  }

  function clear(): void {
    pause.reset()
    contradictions = 0
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
      pause.reset()
      kick()
    },
    async end() {
      isEnded = true
      pause.reset()
      while (working) await working
    },
  }
}
