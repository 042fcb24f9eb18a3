/** The session was opened for reading only, or turned out to be: for good. */
export interface ReadOnlyState {
  readonly is: 'read-only'
  /** `asked`: it was opened so. `not-supported`: the host takes no changes. `locked`: someone else holds the file. */
  readonly why: 'asked' | 'not-permitted' | 'not-supported' | 'locked'
  /** The lock id that is held, empty where the host does not say. */
  readonly lock?: string
  /** What the host says about it. */
  readonly reason?: string
}

/** The session cannot save on its own any more. Each save tries once more and may heal it; the bytes stay with it. */
export interface LostState {
  readonly is: 'lost'
  /**
   * `locked`: someone else holds the file now. `changed`: the file is not what this session left. `gone`: there is no
   * such file, or this user may not know of it. `refused`: the host says no to the save itself.
   */
  readonly why: 'locked' | 'changed' | 'gone' | 'not-permitted' | 'too-large' | 'refused'
  readonly lock?: string
  readonly reason?: string
}

/** How an edit session stands. */
export type SessionState =
  /** The host has everything that was given to save. */
  | { readonly is: 'open' }
  | { readonly is: 'saving' }
  /** The host is out of reach or out of order; it is tried again at `nextTryAt`, in milliseconds since the epoch. */
  | { readonly is: 'offline'; readonly nextTryAt: number; readonly cause: Error }
  /** `use` with a new token goes on. */
  | { readonly is: 'token-expired' }
  | ReadOnlyState
  | LostState
  | { readonly is: 'closed'; readonly hasUnsaved: boolean }

/** What is known of a session; its state is read off it. */
export interface Facts {
  /** How many tokens the session has been given: what is refused to an earlier one says nothing of the present one. */
  tokensGiven: number
  isClosed: boolean
  isTokenExpired: boolean
  lost: LostState | undefined
  failing: { readonly nextTryAt: number; readonly cause: Error } | undefined
  readonly readOnly: ReadOnlyState | undefined
}

/** Of all that is true at once, what matters most to the user. */
export function stateOf(facts: Facts, hasUnsaved: boolean): SessionState {
  if (facts.isClosed) return { is: 'closed', hasUnsaved }
  if (facts.lost) return facts.lost
  if (facts.isTokenExpired) return { is: 'token-expired' }
  if (facts.failing) return { is: 'offline', ...facts.failing }
  if (facts.readOnly) return facts.readOnly
  return { is: hasUnsaved ? 'saving' : 'open' }
}

/** Whether two states say the same. */
export function isSameState(a: SessionState, b: SessionState): boolean {
  const [ofA, ofB] = [Object.entries(a), new Map(Object.entries(b))]
  return ofA.length === ofB.size && ofA.every(([key, value]) => ofB.get(key) === value)
}
