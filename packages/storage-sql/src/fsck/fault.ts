import type { Store } from '../store.ts'

/** What can be wrong. */
export type FaultKind =
  /** The blob store has no such content. */
  | 'content missing'
  /** The content is not the one that was saved. */
  | 'content damaged'
  /** A stream that a file carries is not there, or not whole. */
  | 'stream missing'
  /** A part of an upload that is under way is not there, or not whole. */
  | 'upload broken'
  /** A content in use is not known to be, and would be swept one day. */
  | 'content not guarded'
  /** A content counts as used, and nothing refers to it. */
  | 'content forgotten'
  /** A file says of its present content something else than its history does. */
  | 'history differs'
  /** A file or folder lies in a folder that is not there. */
  | 'out of reach'
  /** What cell storage keeps of a file cannot be read. */
  | 'cells damaged'

/** Something that is wrong. */
export interface Fault {
  readonly what: FaultKind
  /** Which file or folder, by the names on the way to it. Absent: none is known. */
  readonly path?: string
  readonly fileId?: string
  /** Which content of the file. Absent: it is not about one. */
  readonly version?: string
  /** Whether that is what the file is now. */
  readonly isPresent?: boolean
  /** The key of the blob. Absent: it is not about one. */
  readonly blob?: string
  /** `possible`: it was not asked for. `none`: what was lost is nowhere else. */
  readonly repair: 'done' | 'possible' | 'none'
}

/** How a check is made. */
export interface FsckOptions {
  /** Repairs what can be. */
  readonly repairs?: boolean
  /** Does not read the contents: only looks whether each is there. */
  readonly isQuick?: boolean
  /** Told of each content once it has been checked, with the bytes that were read. */
  readonly onChecked?: (size: number) => void
}

/** What the parts of a check work with. */
export interface Checking extends FsckOptions {
  readonly store: Store
}
