import type { Content } from '../parts.ts'

/** Bytes that flow, taken in the amounts that a format has them in. */
export interface ByteReader {
  /** The next bytes, at most `most` of them. `undefined`: there are no more. */
  some(most: number): Promise<Uint8Array | undefined>
  /** The next `count` bytes. `undefined`: there are no more at all. Throws when there are some, but fewer. */
  exactly(count: number): Promise<Uint8Array | undefined>
  /** Tells the source that nothing more is wanted. */
  close(): Promise<void>
}

/** What is thrown when bytes end before what they promise. */
export const truncated = (): SyntaxError => new SyntaxError('the content ends before it is complete')

/** Reads `content` in amounts of the caller's choice, copying only what spans pieces. `early` makes what it throws. */
export function byteReader(content: Content, early: () => Error = truncated): ByteReader {
  const source = content[Symbol.asyncIterator]()
  let held: Uint8Array = new Uint8Array()

  async function some(most: number): Promise<Uint8Array | undefined> {
    while (held.length === 0) {
      const { done, value } = await source.next()
      if (done) return undefined
      held = value
    }
    const taken = held.subarray(0, most)
    held = held.subarray(taken.length)
    return taken
  }

  return {
    some,
    async exactly(count) {
      const first = await some(count)
      if (first === undefined || first.length === count) return first
      const whole = new Uint8Array(count)
      whole.set(first)
      for (let filled = first.length; filled < count; ) {
        const next = await some(count - filled)
        if (!next) throw early()
        whole.set(next, filled)
        filled += next.length
      }
      return whole
    },
    async close() {
      await source.return?.()
    },
  }
}
