import type { CellId } from '../bytes/cell-id.ts'
import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import type { Flags } from '../bytes/fields.ts'
import type { DataElement } from './element.ts'
import type { Filter } from './filter.ts'
import type {
  hashingFlags,
  includeFlags,
  morePutFlags,
  moreQueryFlags,
  putFlags,
  queryFlags,
  roundTripFlags,
} from './flag-names.ts'
import type { Knowledge } from './knowledge.ts'

/** Who sends a request. */
export interface UserAgent {
  readonly guid?: string
  readonly client?: string
  readonly platform?: string
  readonly version?: number
}

/** Asks whether a partition may be read and written. */
export interface QueryAccess {
  readonly type: 'queryAccess'
}

/** Asks for what a client does not have yet. */
export interface QueryChanges {
  readonly type: 'queryChanges'
  readonly flags: Flags<(typeof queryFlags)[number]>
  readonly more?: Flags<(typeof moreQueryFlags)[number]>
  /** Absent: everything of all cells. */
  readonly arguments?: { readonly include: Flags<(typeof includeFlags)[number]>; readonly cell: CellId }
  /** How many bytes of elements are wanted at most. */
  readonly mostBytes?: bigint
  /** Two numbers of 32 bits, or a token. */
  readonly version?: Uint8Array
  readonly filters: readonly Filter[]
  /** Absent: the client has nothing. */
  readonly knowledge?: Knowledge
}

/** Brings elements, and makes them what the partition holds. */
export interface PutChanges {
  readonly type: 'putChanges'
  /** The storage index that is to hold, among the elements of the request. */
  readonly index: ExtendedGuid
  /** The storage index that is to hold until then. Null: none is expected. */
  readonly expected: ExtendedGuid
  readonly flags: Flags<(typeof putFlags)[number]>
  readonly contentVersion?: Uint8Array
  readonly authors?: readonly string[]
  readonly reserved?: number
  readonly more?: Flags<(typeof morePutFlags)[number]>
  /** The lock that the client holds. */
  readonly lock?: string
  readonly knowledge?: Knowledge
  readonly forcesRevisionChain?: boolean
}

/** Asks for extended GUIDs that nobody else gets. */
export interface AllocateRange {
  readonly type: 'allocateRange'
  readonly count: bigint
  readonly reserved?: number
}

/** A request of a type that this library does not read. */
export interface OtherRequest {
  readonly type: 'other'
  readonly number: number
}

/** What a request is made of. */
export type SubRequest = {
  readonly id: bigint
  /** Lower ones come first. */
  readonly priority: bigint
  /** A GUID. Absent: the partition is said elsewhere, or it is that of the content. */
  readonly partition?: string
} & (QueryAccess | QueryChanges | PutChanges | AllocateRange | OtherRequest)

/** What a client sends to a store of cells. */
export interface CellRequest {
  /** Of the protocol: 12, 13 or 14. */
  readonly version: number
  readonly userAgent?: UserAgent
  readonly hashing?: { readonly scheme: number; readonly flags: Flags<(typeof hashingFlags)[number]> }
  readonly roundTrip?: Flags<(typeof roundTripFlags)[number]>
  readonly subRequests: readonly SubRequest[]
  /** Absent: no package. */
  readonly elements?: readonly DataElement[]
}

/** The types of sub-requests, with the numbers of the wire. */
export const requestTypes = { queryAccess: 1, queryChanges: 2, putChanges: 5, allocateRange: 11 } as const
