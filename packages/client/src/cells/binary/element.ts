import type { Guid } from './guid.ts'
import type { CellId, ExtendedGuid, SerialNumber } from './ids.ts'

/** What an entry of a storage index leads to. */
export interface Mapping {
  readonly element: ExtendedGuid
  readonly serial: SerialNumber
}

/** What leads to everything else in a partition. */
export interface StorageIndex {
  readonly manifest: Mapping | undefined
  readonly cells: ReadonlyMap<CellId, Mapping>
  readonly revisions: ReadonlyMap<ExtendedGuid, Mapping>
}

/** What kind of storage it is, and which cells it begins with. */
export interface StorageManifest {
  readonly schema: Guid
  readonly roots: readonly { readonly root: ExtendedGuid; readonly cell: CellId }[]
}

/** Which objects a revision begins with, and which groups they are in. */
export interface RevisionManifest {
  readonly revision: ExtendedGuid
  /** The revision in which is found what is not in this one. */
  readonly base: ExtendedGuid
  readonly roots: readonly { readonly root: ExtendedGuid; readonly object: ExtendedGuid }[]
  /** Elements. */
  readonly groups: readonly ExtendedGuid[]
}

/** A node of a file, or bytes of it. */
export interface CellObject {
  readonly id: ExtendedGuid
  readonly references: readonly ExtendedGuid[]
  /** The bytes, or the element that they are in. */
  readonly content: Uint8Array | ExtendedGuid
}

/** What a data element is. */
export type ElementBody =
  | { readonly is: 'index'; readonly index: StorageIndex }
  | { readonly is: 'storage'; readonly storage: StorageManifest }
  | { readonly is: 'cell'; readonly revision: ExtendedGuid }
  | { readonly is: 'revision'; readonly revision: RevisionManifest }
  | { readonly is: 'group'; readonly objects: readonly CellObject[] }
  | { readonly is: 'blob'; readonly bytes: Uint8Array }
  /** Of a type that this client does not ask for. */
  | { readonly is: 'other' }

/** What cells are made of and sent as. It never changes: what is different has another id. */
export interface DataElement {
  readonly id: ExtendedGuid
  readonly serial: SerialNumber
  readonly body: ElementBody
}

/** The number of each kind of element. */
export const elementTypes = { index: 1, storage: 2, cell: 3, revision: 4, group: 5, blob: 10 } as const
