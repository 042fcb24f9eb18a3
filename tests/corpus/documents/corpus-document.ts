/** A document that is opened, changed, saved and compared. */
export interface CorpusDocument {
  /** What it is called in the table; no two have the same name. */
  readonly name: string
  /** In lower case, without the dot. */
  readonly extension: string
  /** Where it comes from, for people. */
  readonly origin: string
  readonly licence: string
  bytes(): Promise<Uint8Array>
}

/** The extension of a path, in lower case. */
export const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase()
