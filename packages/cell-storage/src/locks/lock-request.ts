import type { Attributes } from '../envelope/envelope.ts'
import type { ErrorCode } from '../envelope/error-codes.ts'
import type { LockState } from './lock-state.ts'

/** What a request for a lock is answered by. */
export interface LockQuestion {
  /** What holds now; nothing in it has expired. */
  readonly state: LockState
  readonly attributes: Attributes
  readonly user: { readonly login: string; readonly name: string }
  /** Milliseconds since 1970. */
  readonly now: number
  /** A GUID that stays the same for the file. */
  readonly transitionId: string
  /** Whether clients may work on the file together. */
  readonly allowsCoauth: boolean
  /** How many clients may work on a file together. */
  readonly mostClients: number
}

/** What comes of a request for a lock. */
export interface LockOutcome {
  readonly errorCode: ErrorCode
  /** Who is in the way. */
  readonly errorMessage?: string
  /** What holds from now on. Absent: what held before. */
  readonly next?: { readonly state: LockState }
  /** Of the data of the answer. */
  readonly attributes?: Readonly<Record<string, string | undefined>>
}

/** Carries out a type of request for a lock. */
export type LockRule = (question: LockQuestion) => LockOutcome

/** How a type of request is carried out, and what it has to say. */
export interface LockRow {
  readonly needs: readonly string[]
  readonly rule: LockRule
  /** Whether the client has the file open from then on, or no longer. Absent: that stays as it is. */
  readonly presence?: 'comes' | 'goes'
}

/** It is done, and `state` holds from now on. */
export const changed = (state: LockState, attributes?: LockOutcome['attributes']): LockOutcome => ({
  errorCode: 'Success',
  next: { state },
  ...(attributes && { attributes }),
})

/** It is as it was, which is well. */
export const unchanged = (attributes?: LockOutcome['attributes']): LockOutcome => ({
  errorCode: 'Success',
  ...(attributes && { attributes }),
})

/** It is as it was, and the client does not get what it wants. */
export const refused = (errorCode: ErrorCode, errorMessage?: string): LockOutcome => ({
  errorCode,
  ...(errorMessage !== undefined && { errorMessage }),
})

const isTrue = (text: string | undefined) => text?.toLowerCase() === 'true' || text === '1'

/** Whether an attribute is said to be true. */
export const says = ({ attributes }: LockQuestion, name: string): boolean => isTrue(attributes[name])

/** An attribute that a row needs. */
export const said = ({ attributes }: LockQuestion, name: string): string => attributes[name] ?? ''

/** When a lock ends that is taken or refreshed now, in milliseconds since 1970. Requests say it in seconds. */
export const endOf = (question: LockQuestion): number => question.now + 1000 * Number(said(question, 'Timeout'))
