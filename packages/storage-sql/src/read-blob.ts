import type { Content } from '@openwopi/host'
import { verified } from './blobs/measured.ts'
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

/** A whole content, which breaks off before its end if it is not what was saved. `name` is what the error calls it. */
export async function readVerified(
  store: Store,
  { blob, sha256, name }: { readonly blob: string; readonly sha256: string; readonly name: string },
): Promise<Content> {
  return verified(await readBlob(store, blob), sha256, name)
}
