import type { Content } from '../parts.ts'
import { type ByteReader, truncated } from './byte-reader.ts'

/** What a frame carries, read from where the reader stands. */
export interface Payload {
  readonly content: Content
  /** Moves the reader behind it, whatever of it has been read. */
  skip(): Promise<void>
}

/** The next `length` bytes of a reader. */
export function payloadOf(reader: ByteReader, length: number): Payload {
  let left = length
  let isPassed = false

  async function take(): Promise<Uint8Array> {
    const piece = await reader.some(left)
    if (!piece) throw truncated()
    left -= piece.length
    return piece
  }

  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    if (isPassed) throw new Error('the payload of a frame is read before the next frame is asked for')
    while (left > 0) {
      yield await take()
      if (isPassed) throw new Error('the payload of a frame is read before the next frame is asked for')
    }
  }

  return {
    content: pieces(),
    async skip() {
      isPassed = left > 0
      while (left > 0) await take()
    },
  }
}
