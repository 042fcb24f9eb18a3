import type { Call, FileClient } from './client.ts'
import type { KnownVersion } from './known-version.ts'
import type { LockKeeper } from './lock-keeper.ts'
import type { SaveQueue } from './save-queue.ts'
import type { Facts } from './session-state.ts'
import type { Timers } from './timers.ts'

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
