import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import type { Flags } from '../bytes/fields.ts'
import type { Fault } from '../faults/cell-fault.ts'
import type { DataElement } from './element.ts'
import type { resultFlags } from './flag-names.ts'
import type { Knowledge } from './knowledge.ts'

/** Whether a partition may be read and written: 0, or the number of Windows that says why not. */
export interface AccessResult {
  readonly type: 'queryAccess'
  readonly read: number
  readonly write: number
}

/** What of a partition a client did not have yet. The elements stand in the package of the response. */
export interface ChangesResult {
  readonly type: 'queryChanges'
  /** Null: there is none. */
  readonly index: ExtendedGuid
  readonly flags: Flags<(typeof resultFlags)[number]>
  /** What the client has once it has taken in the elements. */
  readonly knowledge: Knowledge
  readonly fileHash?: { readonly type: number; readonly hash: Uint8Array }
}

/** What came of a Put Changes. */
export interface PutResult {
  readonly type: 'putChanges'
  /** Only where it was asked for. */
  readonly applied?: { readonly index: ExtendedGuid; readonly added: readonly ExtendedGuid[] }
  readonly knowledge: Knowledge
  /** Whether the chain of revisions was made as short as it can be. Only where it was asked for. */
  readonly forced?: boolean
}

/** Extended GUIDs that nobody else gets. */
export interface RangeResult {
  readonly type: 'allocateRange'
  readonly guid: string
  readonly from: bigint
  /** One more than the last. */
  readonly to: bigint
}

/** A result of a type that this library does not read. */
export interface OtherResult {
  readonly type: 'other'
}

/** What a sub-request came to. */
export type SubResult = AccessResult | ChangesResult | PutResult | RangeResult | OtherResult

/** The answer to a sub-request. */
export interface SubResponse {
  /** Of the sub-request. */
  readonly id: bigint
  /** The number of its type. */
  readonly number: number
  readonly outcome: SubResult | Fault
}

/** What a store of cells answers: a fault, or what each sub-request came to. */
export type CellResponse = { readonly version: number } & (
  | { readonly fault: Fault }
  | {
      readonly fault?: never
      /** Of all sub-responses. Absent: no package. */
      readonly elements?: readonly DataElement[]
      readonly subResponses: readonly SubResponse[]
    }
)

/** Whether a sub-request failed. */
export const isFault = (outcome: SubResult | Fault): outcome is Fault => 'kind' in outcome
