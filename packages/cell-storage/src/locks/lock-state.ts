/** Who has a file open together with others. */
export interface SessionClient {
  /** What the client calls itself. */
  readonly clientId: string
  /** The login of the user. */
  readonly user: string
  /** As others read it. */
  readonly userName: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** The lock of one client that keeps all others out. */
export interface ExclusiveLock {
  readonly kind: 'exclusive'
  readonly id: string
  readonly user: string
  readonly userName: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** The lock of clients that work on a file together: those that name the same schema lock. */
export interface SharedLock {
  readonly kind: 'shared'
  readonly schemaLockId: string
  /** At least one. */
  readonly clients: readonly SessionClient[]
  /** A second client has come, and has not been taken notice of yet. */
  readonly isInTransition: boolean
}

/** Who holds a file. `undefined`: nobody. Plain JSON data. */
export type LockState = ExclusiveLock | SharedLock | undefined

/** The state at an instant, in milliseconds since 1970: without what has expired by then. */
export function liveAt(state: LockState, now: number): LockState {
  if (state?.kind === 'exclusive') return state.expiresAt > now ? state : undefined
  if (state?.kind !== 'shared') return undefined
  const clients = state.clients.filter(({ expiresAt }) => expiresAt > now)
  return clients.length > 0 ? { ...state, clients } : undefined
}

/** Lock ids are mostly GUIDs, which clients spell in letters of any case. */
export const isSameLock = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Who holds a lock, for those who are kept out. */
export const holderOf = (state: NonNullable<LockState>): string =>
  state.kind === 'exclusive' ? state.userName : [...new Set(state.clients.map(({ userName }) => userName))].join(', ')
