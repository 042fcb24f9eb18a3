import type { Aside, Content } from '@openwopi/host'
import { discardBlobs } from './blob-states.ts'
import { readBlob } from './read-blob.ts'
import type { Store } from './store.ts'

/** What has been put aside, until it is discarded. */
type Discardable = Aside & { discard(): Promise<void> }

/** Up to so many bytes are kept in memory: most saves change little, and a blob of their own would cost more than that. */
const mostInMemory = 256 * 1024

/** Puts content aside for the time of one call. What a process leaves that ends before is swept. */
export async function putAside(store: Store, content: Content): Promise<Discardable> {
  const source = content[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let size = 0
  for (let next = await source.next(); !next.done; next = await source.next()) {
    held.push(next.value)
    size += next.value.byteLength
    if (size > mostInMemory) return inBlob(store, following(held, source))
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

async function inBlob(store: Store, content: Content): Promise<Discardable> {
  const { key, size } = await store.blobs.put(content)
  return {
    size,
    async *read(start, end) {
      if (end > start) yield* await readBlob(store, key, { start, end })
    },
    discard: () => discardBlobs(store, [key]),
  }
}
