import type { ErrorCode } from './error-codes.ts'
import type { XmlElement } from './xml-element.ts'

/** What a sub-request came to. */
export interface SubAnswer {
  readonly errorCode: ErrorCode
  /** In words; for a lock that somebody else holds, who that is. */
  readonly errorMessage?: string
  /** A number of Windows. 0 for what succeeded and for what was not carried out unless said otherwise. */
  readonly hresult?: number
  /** The client has come too late: what it would put goes under another name. Absent: it has not. */
  readonly isTooLate?: boolean
  /** Of the data. */
  readonly attributes?: Readonly<Record<string, string | undefined>>
  /** The data, in pieces. */
  readonly pieces?: readonly Uint8Array[]
  /** Elements in the data. */
  readonly children?: readonly XmlElement[]
  /** Elements beside the data. */
  readonly beside?: readonly XmlElement[]
}

/** The answer to a sub-request that succeeded. */
export const succeeded = (answer: Omit<SubAnswer, 'errorCode'> = {}): SubAnswer => ({ ...answer, errorCode: 'Success' })

/** The answer to a sub-request that failed. */
export const failed = (errorCode: ErrorCode, errorMessage?: string): SubAnswer => ({
  errorCode,
  ...(errorMessage !== undefined && { errorMessage }),
})
