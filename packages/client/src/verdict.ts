import { type FailureCode, WopiError } from '@openwopi/protocol'
import type { LostState } from './session-state.ts'

/** What a failure means for a session. */
export type Verdict =
  | LostState
  | { readonly is: 'token-expired' }
  /** The host no longer knows the lock: it has to be taken again. */
  | { readonly is: 'unlocked' }
  /** The file may not be what this session left: it has to be looked at. */
  | { readonly is: 'unsure' }
  /** It may go better later. */
  | { readonly is: 'passing' }

/** Tells that a session is lost, from deep inside. */
export class SessionLost extends Error {
  readonly state: LostState
  constructor(state: LostState, options?: ErrorOptions) {
    super(`the session is lost: ${state.reason ?? state.why}`, options)
    this.state = state
  }
}

const refusals: { readonly [C in FailureCode]?: LostState['why'] } = {
  NotFound: 'gone',
  TooLargeToStore: 'too-large',
  InvalidRequest: 'refused',
  NotImplemented: 'refused',
}

/** The verdict on a failed save, look or refresh. `lockId` is that of the session; `undefined`: the host keeps no locks. */
export function verdictOn(error: Error, lockId: string | undefined): Verdict {
  if (error instanceof SessionLost) return error.state
  if (!(error instanceof WopiError)) return { is: 'passing' }
  const code: FailureCode = error.code
  if (code === 'InvalidToken') return { is: 'token-expired' }
  if (code === 'DocumentChanged') return { is: 'unsure' }
  if (WopiError.is(error, 'LockMismatch')) return onMismatch(error, lockId)
  const why = refusals[code]
  return why ? { is: 'lost', why } : { is: 'passing' }
}

function onMismatch(error: WopiError<'LockMismatch'>, lockId: string | undefined): Verdict {
  const { lock } = error.details
  if (lockId === undefined) return { is: 'lost', why: 'locked', lock, ...reasonOf(error) }
  // With our own id in it, it says that the lock is not what is in the way.
  return { is: lock === lockId ? 'passing' : 'unlocked' }
}

/** What the host says about a failure, where it says something. */
export function reasonOf({ details }: WopiError): { readonly reason?: string } {
  return 'reason' in details && details.reason !== undefined ? { reason: details.reason } : {}
}

/** Whether the host may have done what it was asked, although it failed. */
export const isUncertain = (error: unknown): boolean =>
  !(error instanceof WopiError) || error.code === 'ServerError' || error.code === 'ServerBusy'
