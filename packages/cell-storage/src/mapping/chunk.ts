/** A stretch of a file that is kept as one. */
export interface FileChunk {
  /** Bytes. They are not copied. */
  readonly bytes: Uint8Array
  /** What both sides tell it by. */
  readonly signature: Uint8Array
  /** The stretches that a large one is made of. Absent: it is one. */
  readonly parts?: readonly FileChunk[]
}
