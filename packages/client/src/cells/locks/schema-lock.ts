import type { CellWire } from '../cell-wire.ts'
import { type CellResult, resultOf } from '../refusal.ts'
import type { HeldLock } from './held-lock.ts'
import {
  type CellLockType,
  type ConversionTerms,
  converting,
  type JoinTerms,
  joining,
  lockTypeOf,
  officeSchemaLock,
} from './lock-terms.ts'

/** The lock that several may share, without asking who else is there. */
export interface SchemaLock {
  get(terms: JoinTerms): Promise<CellResult<{ readonly lockType: CellLockType }>>
  refresh(terms: JoinTerms): Promise<CellResult<{ readonly lockType: CellLockType }>>
  release(terms: Pick<JoinTerms, 'clientId' | 'schemaLockId'>): Promise<CellResult>
  convertToExclusive(from: Pick<JoinTerms, 'clientId' | 'schemaLockId'>, terms: ConversionTerms): Promise<CellResult>
  /** Refused if it could not be taken. */
  check(schemaLockId?: string): Promise<CellResult>
}

/** Schema locks over a wire. */
export function createSchemaLock(wire: CellWire, held: HeldLock): SchemaLock {
  const ask = (request: string, attributes: Record<string, string | undefined>) =>
    wire.ask('SchemaLock', { SchemaLockRequestType: request, ...attributes })
  const client = ({ clientId, schemaLockId }: Pick<JoinTerms, 'clientId' | 'schemaLockId'>) => ({
    ClientID: clientId,
    SchemaLockID: schemaLockId ?? officeSchemaLock,
  })
  const taking = async (request: string, terms: JoinTerms) =>
    resultOf(await ask(request, joining(terms)), ({ attributes }) => {
      const lockType = lockTypeOf(attributes['LockType'])
      const isAlone = lockType === 'ExclusiveLock' && terms.exclusiveLockId !== undefined
      const id = isAlone ? terms.exclusiveLockId : terms.schemaLockId
      held.take({ id: id ?? officeSchemaLock, isSchema: !isAlone })
      return { lockType }
    })

  return {
    get: (terms) => taking('GetLock', terms),
    refresh: (terms) => taking('RefreshLock', terms),
    release: async (terms) =>
      resultOf(await ask('ReleaseLock', client(terms)), () => {
        held.release()
        return {}
      }),
    convertToExclusive: async (from, terms) =>
      resultOf(await ask('ConvertToExclusive', { ...client(from), ...converting(terms) }), () => {
        held.take({ id: terms.exclusiveLockId, isSchema: false })
        return {}
      }),
    check: async (schemaLockId = officeSchemaLock) =>
      resultOf(await ask('CheckLockAvailability', { SchemaLockID: schemaLockId }), () => ({})),
  }
}
