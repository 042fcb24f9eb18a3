import type { Content } from '@openwopi/protocol'
import type { Aside } from '../uploads.ts'

/** What has been put aside, until it is discarded. */
export type Discardable = Aside & { discard(): Promise<void> }

/** Up to so many bytes are kept in memory: most saves change little, and a place of their own would cost more than that. */
const mostInMemory = 256 * 1024

/** Puts content aside for the time of one call. What is too much for memory is put `elsewhere`. */
export async function putAside(
  content: Content,
  elsewhere: (content: Content) => Promise<Discardable>,
): Promise<Discardable> {
  const source = content[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let size = 0
  for (let next = await source.next(); !next.done; next = await source.next()) {
    held.push(next.value)
    size += next.value.byteLength
    if (size > mostInMemory) return elsewhere(following(held, source))
  }
  return inMemory(Buffer.concat(held))
}

const inMemory = (bytes: Buffer): Discardable => ({
  size: bytes.byteLength,
  async *read(start, end) {
    if (end > start) yield bytes.subarray(start, end)
  },
  discard: async () => {},
})

async function* following(held: readonly Uint8Array[], source: AsyncIterator<Uint8Array>): Content {
  yield* held
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}
