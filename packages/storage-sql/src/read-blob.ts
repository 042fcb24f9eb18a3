import type { Content } from '@openwopi/host'
import type { Store } from './store.ts'

/** The content that a row refers to. Throws if the blob store has lost it. */
export async function readBlob(
  { blobs }: Store,
  key: string,
  range?: { readonly start: number; readonly end: number },
): Promise<Content> {
  const content = await blobs.get(key, range)
  if (!content) throw new Error(`the blob ${key} is missing`)
  return content
}
