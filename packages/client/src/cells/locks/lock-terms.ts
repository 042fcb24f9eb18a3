import type { CellSubAnswer } from '../envelope/sub-request.ts'

/** The schema lock that Word and PowerPoint take: those who share it can edit a file together. */
export const officeSchemaLock = '29358ec1-e813-4793-8e70-ed0344e7b73c'

/** Who joins, and on what terms. */
export interface JoinTerms {
  /** What the client calls itself: of one person there may be several. */
  readonly clientId: string
  /** The lock of Word and PowerPoint unless said otherwise. */
  readonly schemaLockId?: string
  /** Seconds, 3,600 unless said otherwise: the client has to refresh before. */
  readonly timeout?: number
  /** The lock to be taken alone where nobody may work together. Left out: then it is refused. */
  readonly exclusiveLockId?: string
}

/** What is taken alone, and for how long. */
export interface ExclusiveTerms {
  readonly exclusiveLockId: string
  /** Seconds, 3,600 unless said otherwise. */
  readonly timeout?: number
}

/** How a lock that was shared becomes one for a client alone. */
export interface ConversionTerms extends ExclusiveTerms {
  /** Whether the client leaves if it is not alone. It stays unless said otherwise. */
  readonly leavesOnFailure?: boolean
}

/** The locks that there are. */
export type CellLockType = 'None' | 'SchemaLock' | 'ExclusiveLock'
/** Whether a client is alone. */
export type CoauthStatus = 'None' | 'Alone' | 'Coauthoring'

const lockTypes: readonly CellLockType[] = ['None', 'SchemaLock', 'ExclusiveLock']
const statuses: readonly CoauthStatus[] = ['None', 'Alone', 'Coauthoring']

/** Hosts say which lock it is by its name or by its number. */
export const lockTypeOf = (said: string | undefined): CellLockType =>
  lockTypes.find((type, number) => said === type || said === String(number)) ?? 'None'

/** What a host says of who works on a file. */
export const statusOf = ({ attributes }: CellSubAnswer): CoauthStatus =>
  statuses.find((status) => status === attributes['CoauthStatus']) ?? 'None'

/** What terms are in XML. */
export const joining = ({ clientId, schemaLockId, timeout, exclusiveLockId }: JoinTerms) => ({
  ClientID: clientId,
  SchemaLockID: schemaLockId ?? officeSchemaLock,
  Timeout: String(timeout ?? 3600),
  AllowFallbackToExclusive: String(exclusiveLockId !== undefined),
  ExclusiveLockID: exclusiveLockId,
})

/** What terms are in XML. */
export const excluding = ({ exclusiveLockId, timeout }: ExclusiveTerms) => ({
  ExclusiveLockID: exclusiveLockId,
  Timeout: String(timeout ?? 3600),
})

/** What terms are in XML. */
export const converting = ({ leavesOnFailure = false, ...terms }: ConversionTerms) => ({
  ...excluding(terms),
  ReleaseLockOnConversionToExclusiveFailure: String(leavesOnFailure),
})
