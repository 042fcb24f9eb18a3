import type { Content } from '@openwopi/host'
import type { Discardable } from '@openwopi/host/adapter'
import { discardBlobs } from './blob-states.ts'
import { readBlob } from './read-blob.ts'
import type { Store } from './store.ts'

/** Puts content aside in a blob. What a process leaves that ends before it discards it is swept. */
export async function asideInBlob(store: Store, content: Content): Promise<Discardable> {
  const { key, size } = await store.blobs.put(content)
  return {
    size,
    async *read(start, end) {
      if (end > start) yield* await readBlob(store, key, { start, end })
    },
    discard: () => discardBlobs(store, [key]),
  }
}
