import type { CellContent } from '../store/cell-content.ts'

/** Somebody who has changed a file. */
export interface VersionAuthor {
  /** What the server knows them by. */
  readonly login: string
  /** As others read it. */
  readonly name: string
  readonly email?: string
}

/** A state of a file's content, the present one or an earlier one. */
export interface CellVersion {
  /** No other state of the file has it. That of the present one is that of its `ContentState`. */
  readonly version: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. It stays the same as long as the state is kept. */
  readonly modifiedAt: number
  /** Absent: it is not known. */
  readonly by?: VersionAuthor
}

/**
 * What came of restoring a version: `notKept`, there is no such version, or `refused`, the file may not be changed now, or
 * was changed meanwhile. Then nothing has changed.
 */
export type RestoreOutcome = 'restored' | 'notKept' | 'refused'

/** What the file was. */
export interface CellVersions {
  /** Newest first; the first is the present one. None: there is no file. */
  list(): Promise<readonly CellVersion[]>
  /** The bytes of a version. `undefined`: it is not kept. */
  read(version: string): Promise<Uint8Array | undefined>
  /** Makes the content of an earlier version the present content, which is a new version. It is safe when this resolves. */
  restore(version: string): Promise<RestoreOutcome>
}

/**
 * What came of renaming a file: `invalid`, no file can have the name; `taken`, another one has it; `refused`, the file may not
 * be renamed now, or is gone. Then nothing has changed.
 */
export type RenameOutcome = 'renamed' | 'invalid' | 'taken' | 'refused'

/** A file as one caller has it before them. What is absent is answered as not supported. */
export interface CellFile {
  readonly content: CellContent
  readonly versions?: CellVersions
  /** Gives the file another name, extension and all. Its id, content, version and locks stay. */
  readonly rename?: (name: string) => Promise<RenameOutcome>
  /** A name beside the file's that none has. `undefined`: there is none. */
  readonly freeName?: () => Promise<string | undefined>
  /** What the server tells clients of the file beside its content, by ids that both know. Values are their business. */
  readonly properties?: () => Promise<Readonly<Record<string, string>>>
}
