import type { Content } from '../parts.ts'

/** The JSON that a body begins with. */
export interface MessageFrame {
  readonly type: 'message'
  readonly json: unknown
}

/** A whole chunk. */
export interface ChunkFrame {
  readonly type: 'chunk'
  /** The 16 bytes that its id stands for. Whether they are the hash of `content` is for `verified` to say. */
  readonly hash: Uint8Array
  /** Bytes. */
  readonly length: number
  /** Flows once, and before the next frame is asked for. */
  readonly content: Content
}

/** A stretch of a chunk. */
export interface RangeFrame {
  readonly type: 'range'
  /** The 16 bytes that the id of the whole chunk stands for. */
  readonly hash: Uint8Array
  /** Where in the chunk it begins, in bytes. */
  readonly offset: number
  /** Bytes. */
  readonly length: number
  /** The chunk ends where it ends. */
  readonly isEnd: boolean
  /** Flows once, and before the next frame is asked for. */
  readonly content: Content
}

/** The mark that everything has been sent. */
export interface EndFrame {
  readonly type: 'end'
}

/** What the bodies of chunked transfers are made of. */
export type Frame = MessageFrame | ChunkFrame | RangeFrame | EndFrame

/** The numbers that frames have in their headers. */
export const frameTypes = { end: 1, message: 2, chunk: 3, range: 4 } as const

/** The bytes that the extended header of each type of frame has. */
export const extendedSizes = { end: 0, message: 0, chunk: 16, range: 36 } as const

/** The bytes of the header that every frame begins with. */
export const headerSize = 16
