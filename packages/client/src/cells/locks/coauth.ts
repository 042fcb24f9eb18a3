import type { CellWire } from '../cell-wire.ts'
import { type CellResult, resultOf } from '../refusal.ts'
import type { HeldLock } from './held-lock.ts'
import {
  type CellLockType,
  type CoauthStatus,
  type ConversionTerms,
  converting,
  type JoinTerms,
  joining,
  lockTypeOf,
  officeSchemaLock,
  statusOf,
} from './lock-terms.ts'

/** What joining has come to. */
export interface Joined {
  /** `ExclusiveLock`: nobody may work together, and the client has the file alone. */
  readonly lockType: CellLockType
  readonly status: CoauthStatus
  /** What `isAlone` asks by. `undefined`: the host does not say. */
  readonly transitionId?: string
  /** Why it is an exclusive lock. */
  readonly reason?: string
}

/** Working on a file with others: the client that has joined is the one that is spoken of. */
export interface Coauthoring {
  join(terms: JoinTerms): Promise<CellResult<Joined>>
  /** Keeps what was joined, for as long again. */
  refresh(): Promise<CellResult<Pick<Joined, 'lockType' | 'status'>>>
  leave(): Promise<CellResult>
  /** Makes the lock that is shared one for this client alone. */
  convertToExclusive(terms: ConversionTerms): Promise<CellResult>
  /** Whether others can be joined: refused if not. */
  checkLockAvailability(schemaLockId?: string): Promise<CellResult>
  /** Says that this client knows now that it is not alone. */
  markTransitionComplete(): Promise<CellResult>
  status(): Promise<CellResult<{ readonly status: CoauthStatus }>>
}

/** Co-authoring over a wire. */
export function createCoauthoring(wire: CellWire, held: HeldLock): Coauthoring {
  let terms: JoinTerms | undefined
  const coauth = (request: string, attributes: Record<string, string | undefined>) =>
    wire.ask('Coauth', { CoauthRequestType: request, ...attributes })
  const joined = () => {
    if (!terms) throw new TypeError('this client has not joined')
    return joining(terms)
  }
  /** Which client it is, and by which lock. */
  const client = () => {
    const { ClientID, SchemaLockID } = joined()
    return { ClientID, SchemaLockID }
  }

  return {
    async join(asked) {
      const answer = await coauth('JoinCoauthoring', joining(asked))
      return resultOf(answer, ({ attributes }) => {
        terms = asked
        const lockType = lockTypeOf(attributes['LockType'])
        held.take(lockOf(asked, lockType))
        const { TransitionID: transitionId, ExclusiveLockReturnReason: reason } = attributes
        return { lockType, status: statusOf(answer), ...(transitionId && { transitionId }), ...(reason && { reason }) }
      })
    },
    async refresh() {
      return resultOf(await coauth('RefreshCoauthoring', joined()), (answer) => ({
        lockType: lockTypeOf(answer.attributes['LockType']),
        status: statusOf(answer),
      }))
    },
    async leave() {
      return resultOf(await coauth('ExitCoauthoring', client()), () => {
        terms = undefined
        held.release()
        return {}
      })
    },
    async convertToExclusive(to) {
      return resultOf(await coauth('ConvertToExclusive', { ...client(), ...converting(to) }), () => {
        held.take({ id: to.exclusiveLockId, isSchema: false })
        return {}
      })
    },
    async checkLockAvailability(schemaLockId = terms?.schemaLockId ?? officeSchemaLock) {
      const attributes = { SchemaLockID: schemaLockId, ClientID: terms?.clientId }
      return resultOf(await coauth('CheckLockAvailability', attributes), () => ({}))
    },
    markTransitionComplete: async () => resultOf(await coauth('MarkTransitionComplete', client()), () => ({})),
    status: async () =>
      resultOf(await coauth('GetCoauthoringStatus', client()), (answer) => ({ status: statusOf(answer) })),
  }
}

const lockOf = ({ schemaLockId = officeSchemaLock, exclusiveLockId }: JoinTerms, lockType: CellLockType) =>
  lockType === 'ExclusiveLock' && exclusiveLockId !== undefined
    ? { id: exclusiveLockId, isSchema: false }
    : { id: schemaLockId, isSchema: true }
