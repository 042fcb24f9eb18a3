import type { Match, WopiError } from '@openwopi/protocol'
import type { Fact } from './implementation.ts'
import type { Grant, ResourceRef, User } from './ports.ts'
import type { HostRequest } from './request.ts'

/** What a call was and how it went. Holds no token and no content. */
export interface HostEvent extends Fact {
  /** `undefined`: none that the host knows. */
  readonly operation: Match['operation']
  readonly resource?: ResourceRef
  readonly status: number
  /** Why the answer is not a success. Its `cause` may tell of the inside; the answer does not. */
  readonly error?: WopiError
  readonly milliseconds: number
  readonly user?: User
  readonly client?: string
  readonly correlationId?: string
  readonly sessionId?: string
}

/** What is found out about a call on its way, for whoever observes. */
export interface Trace {
  called?: Match | undefined
  grant?: Grant
  fact: Fact
}

type Outcome = Pick<HostEvent, 'status' | 'error' | 'milliseconds'>

export function eventOf({ headers }: HostRequest, { called, grant, fact }: Trace, outcome: Outcome): HostEvent {
  const correlationId = headers.get('X-WOPI-CorrelationId')
  const sessionId = headers.get('X-WOPI-SessionId')
  return {
    operation: called?.operation,
    ...(called && { resource: { on: called.on, id: called.id } }),
    ...(grant && { user: grant.user }),
    ...(grant?.client !== undefined && { client: grant.client }),
    ...(correlationId && { correlationId }),
    ...(sessionId && { sessionId }),
    ...fact,
    ...outcome,
  }
}
