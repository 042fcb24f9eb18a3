import type { Content } from '../ports.ts'

/** Content of which one stretch after the other is taken. */
export interface TakenApart {
  /** The next `length` bytes. They are read before the next stretch is taken. */
  take(length: number): Content
  close(): Promise<void>
}

/** Takes content apart without copying it. */
export function takeApart(content: Content): TakenApart {
  const source = content[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array()
  return {
    async *take(length) {
      for (let left = length; left > 0; ) {
        if (held.byteLength === 0) {
          const { done, value } = await source.next()
          if (done) throw new Error(`a content ends ${left} bytes early`)
          held = value
        }
        const piece = held.subarray(0, left)
        held = held.subarray(piece.byteLength)
        left -= piece.byteLength
        yield piece
      }
    },
    close: async () => void (await source.return?.()),
  }
}
