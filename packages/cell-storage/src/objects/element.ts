import type { CellId } from '../bytes/cell-id.ts'
import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import type { SerialNumber } from '../bytes/serial-number.ts'

/** What an entry of a storage index leads to. */
export interface MappedElement {
  readonly element: ExtendedGuid
  /** Of the entry, not of the element. `undefined`: the store has not learned of it yet. */
  readonly serial: SerialNumber | undefined
}

/** Where the elements of a partition are found. */
export interface StorageIndex {
  readonly type: 'storageIndex'
  readonly manifest?: MappedElement
  readonly cells: readonly (MappedElement & { readonly cell: CellId })[]
  readonly revisions: readonly (MappedElement & { readonly revision: ExtendedGuid })[]
}

/** What is kept in a partition, and where it begins. */
export interface StorageManifest {
  readonly type: 'storageManifest'
  /** The GUID of what the objects mean. */
  readonly schema: string
  readonly roots: readonly { readonly root: ExtendedGuid; readonly cell: CellId }[]
}

/** The state that a cell has now. */
export interface CellManifest {
  readonly type: 'cellManifest'
  readonly revision: ExtendedGuid
}

/** A state of a cell. */
export interface RevisionManifest {
  readonly type: 'revisionManifest'
  readonly revision: ExtendedGuid
  /** The revision whose objects it has as well. Null: none. */
  readonly base: ExtendedGuid
  readonly roots: readonly { readonly root: ExtendedGuid; readonly object: ExtendedGuid }[]
  readonly groups: readonly ExtendedGuid[]
}

/** What an object holds: bytes, the bytes of another element, or bytes that are left out. */
export type ObjectContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'blob'; readonly blob: ExtendedGuid }
  /** `size`: how many bytes are left out. */
  | { readonly kind: 'excluded'; readonly size: number }

/** An object of a cell. */
export interface CellObject {
  readonly id: ExtendedGuid
  /** With its id what it is known by. */
  readonly partition: bigint
  /** Objects of the same cell. */
  readonly references: readonly ExtendedGuid[]
  /** Other cells. */
  readonly cells: readonly CellId[]
  readonly content: ObjectContent
  /** How often it changes: 0 unknown, 1 often, 2 rarely, 3 independently, others as the schema says. */
  readonly frequency?: bigint
}

/** Objects that are stored and sent together. */
export interface ObjectGroup {
  readonly type: 'objectGroup'
  readonly hash?: { readonly scheme: number; readonly bytes: Uint8Array }
  readonly objects: readonly CellObject[]
}

/** A stretch of an element that is too large for one message. */
export interface ElementFragment {
  readonly type: 'fragment'
  readonly element: ExtendedGuid
  /** Of the whole element, in bytes. */
  readonly size: number
  /** Where the stretch begins, in bytes. */
  readonly start: number
  readonly bytes: Uint8Array
}

/** Bytes that objects refer to. */
export interface ObjectBlob {
  readonly type: 'blob'
  readonly bytes: Uint8Array
}

/** What a data element holds. */
export type ElementBody =
  | StorageIndex
  | StorageManifest
  | CellManifest
  | RevisionManifest
  | ObjectGroup
  | ElementFragment
  | ObjectBlob

/** What a store of cells is made of. It never changes. */
export interface DataElement<B extends ElementBody = ElementBody> {
  readonly id: ExtendedGuid
  /** `undefined`: no store has learned of it yet. */
  readonly serial: SerialNumber | undefined
  readonly body: B
}

/** The types of elements, with the numbers of the wire. */
export const elementTypes = {
  storageIndex: 1,
  storageManifest: 2,
  cellManifest: 3,
  revisionManifest: 4,
  objectGroup: 5,
  fragment: 6,
  blob: 10,
} as const satisfies Readonly<Record<ElementBody['type'], number>>
