import type { CarriedChange, Content } from '@openwopi/host'
import { discardBlobs } from './blob-states.ts'
import type { StoredBlob } from './blobs.ts'
import type { KeptChange } from './carried.ts'
import type { Store } from './store.ts'

/** Everything that has come with a save, safe in the blob store and not yet in the database. */
export interface Received {
  readonly content: StoredBlob
  readonly carried: KeptChange | undefined
  /** The keys of all blobs among it. */
  readonly keys: readonly string[]
}

/** Receives content and what is to be carried beside it. What has arrived is removed if any of it breaks off. */
export async function receive(store: Store, content: Content, carries?: CarriedChange): Promise<Received> {
  const keys: string[] = []
  const put = async (flowing: Content) => {
    const blob = await store.blobs.put(flowing)
    keys.push(blob.key)
    return blob
  }
  try {
    const received = await put(content)
    const streams: KeptChange['streams'][number][] = []
    for (const stream of carries?.streams ?? []) streams.push(await receiveStream(stream, put))
    return { content: received, keys, carried: carries && { properties: carries.properties, streams } }
  } catch (error) {
    await discardBlobs(store, keys)
    throw error
  }
}

async function receiveStream(
  { id, content }: CarriedChange['streams'][number],
  put: (content: Content) => Promise<StoredBlob>,
): Promise<KeptChange['streams'][number]> {
  if (!content) return { id, size: 0 }
  const { key, size } = await put(content)
  return { id, blob: key, size }
}
