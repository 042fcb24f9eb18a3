/** What a file is now. */
export interface ContentState {
  /** Another one after each change of its content. */
  readonly version: string
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly createdAt?: number
  /** Milliseconds since 1970. */
  readonly modifiedAt?: number
  /** The name of who has made it. */
  readonly createdBy?: string
  /** The name of who has changed it last. */
  readonly modifiedBy?: string
}

/** What is known of a write beside its bytes. */
export interface ContentChange {
  /** Whether others work on the file too, who all save it: it need not be kept as a version of its own. */
  readonly amongOthers: boolean
}

/** The content of the file whose cells are asked for. */
export interface CellContent {
  /** `undefined`: there is no file. */
  find(): Promise<ContentState | undefined>
  /** The bytes of the file at a version. `undefined`: it is no longer at it. */
  read(version: string): Promise<Uint8Array | undefined>
  /**
   * Replaces the content if the file still is at `from`; `undefined`: if there still is none. The bytes are safe when this
   * resolves. `undefined`: somebody else was faster, and nothing has changed. What the protocol has a number for, such as
   * that the file may not be written, throws a `CellFault`.
   */
  write(
    from: string | undefined,
    pieces: readonly Uint8Array[],
    change?: ContentChange,
  ): Promise<ContentState | undefined>
}
