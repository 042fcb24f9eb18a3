import type { CellWire } from '../cell-wire.ts'
import type { CellSubAnswer } from '../envelope/sub-request.ts'
import { type CellResult, resultOf } from '../refusal.ts'
import type { HeldLock } from './held-lock.ts'
import { type CoauthStatus, type ExclusiveTerms, excluding, type JoinTerms, joining, statusOf } from './lock-terms.ts'

/** The lock that one client has alone. */
export interface ExclusiveLock {
  get(terms: ExclusiveTerms): Promise<CellResult>
  refresh(terms: ExclusiveTerms): Promise<CellResult>
  release(exclusiveLockId: string): Promise<CellResult>
  /** Shares the lock, without joining anyone. */
  convertToSchema(exclusiveLockId: string, terms: JoinTerms): Promise<CellResult>
  /** Shares the lock, and joins who may come. */
  convertToCoauthoring(
    exclusiveLockId: string,
    terms: JoinTerms,
  ): Promise<CellResult<{ readonly status: CoauthStatus; readonly transitionId?: string }>>
  /** Refused if it could not be taken. */
  check(exclusiveLockId: string): Promise<CellResult>
}

/** Exclusive locks over a wire. */
export function createExclusiveLock(wire: CellWire, held: HeldLock): ExclusiveLock {
  const ask = (request: string, attributes: Record<string, string | undefined>) =>
    wire.ask('ExclusiveLock', { ExclusiveLockRequestType: request, ...attributes })
  const taking = async (request: string, terms: ExclusiveTerms) =>
    resultOf(await ask(request, excluding(terms)), () => {
      held.take({ id: terms.exclusiveLockId, isSchema: false })
      return {}
    })
  const sharing = async (request: string, exclusiveLockId: string, terms: JoinTerms) => {
    const attributes = { ...joining(terms), ExclusiveLockID: exclusiveLockId, AllowFallbackToExclusive: undefined }
    const answer = await ask(request, attributes)
    if (answer.code === undefined) held.take({ id: attributes.SchemaLockID, isSchema: true })
    return answer
  }

  return {
    get: (terms) => taking('GetLock', terms),
    refresh: (terms) => taking('RefreshLock', terms),
    release: async (exclusiveLockId) =>
      resultOf(await ask('ReleaseLock', { ExclusiveLockID: exclusiveLockId }), () => {
        held.release()
        return {}
      }),
    convertToSchema: async (id, terms) => resultOf(await sharing('ConvertToSchema', id, terms), () => ({})),
    convertToCoauthoring: async (id, terms) =>
      resultOf(await sharing('ConvertToSchemaJoinCoauth', id, terms), sessionOf),
    check: async (exclusiveLockId) =>
      resultOf(await ask('CheckLockAvailability', { ExclusiveLockID: exclusiveLockId }), () => ({})),
  }
}

function sessionOf(answer: CellSubAnswer) {
  const { TransitionID: transitionId } = answer.attributes
  return { status: statusOf(answer), ...(transitionId && { transitionId }) }
}
