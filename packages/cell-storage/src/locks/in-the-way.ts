import type { Caller } from '../envelope/who-am-i.ts'
import { type CellLocks, isNamed } from './cell-locks.ts'
import { holderOf, isSameLock, liveAt } from './lock-state.ts'

/** Where it is found who has a file. */
export interface WayScope {
  readonly locks: CellLocks
  /** The id of the file. */
  readonly file: string
  readonly caller: Caller
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What the caller wants to do to the file as a whole. */
export interface Intent {
  /** Whether they may do it while others share the file with them. */
  readonly amongOthers: boolean
  /** The lock that they say they hold. */
  readonly lock?: string
}

/** Who keeps the caller from changing the file as a whole, as others read it. `undefined`: nobody does. */
export async function inTheWayOf(
  { locks, file, caller, now }: WayScope,
  { amongOthers, lock = '' }: Intent,
): Promise<string | undefined> {
  const foreign = await locks.foreign(file)
  if (foreign) return isNamed(foreign, lock) ? undefined : foreign.userName
  const state = liveAt(await locks.read(file), now())
  if (state?.kind === 'exclusive') return isSameLock(state.id, lock) ? undefined : state.userName
  const others = state?.clients.filter(({ user }) => user !== caller.login) ?? []
  const isAmong = others.length < (state?.clients.length ?? 0)
  if (!state || others.length === 0 || (amongOthers && isAmong)) return undefined
  return holderOf({ ...state, clients: others })
}
