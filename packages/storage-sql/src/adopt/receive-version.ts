import { discardBlobs } from '../blob-states.ts'
import type { StoredBlob } from '../blobs.ts'
import type { Store } from '../store.ts'
import type { AdoptedFile, AdoptedVersion } from './adoption.ts'

/** A version with its number among those of its file. */
export type Numbered = AdoptedVersion & { readonly sequence: number }

/** Versions by their numbers. Throws where these do not grow. */
export function numbered(versions: readonly AdoptedVersion[]): readonly Numbered[] {
  let before = 0
  return versions.map((version) => {
    const sequence = Number(/^\d{1,15}(?=\.|$)/.exec(version.version)?.[0])
    if (!(sequence > before)) throw new Error(`a version is called ${version.version} and follows number ${before}`)
    before = sequence
    return { ...version, sequence }
  })
}

/** Brings a content into the blob store. Throws, and leaves nothing, where it is not what it is said to be. */
export async function receiveVersion(store: Store, { name }: AdoptedFile, version: Numbered): Promise<StoredBlob> {
  const content = await version.read()
  if (!content) throw new Error(`the content of ${name}, version ${version.version}, is gone`)
  const blob = await store.blobs.put(content, { size: version.size })
  if (version.sha256 === undefined || version.sha256 === blob.sha256) return blob
  await discardBlobs(store, [blob.key])
  throw new Error(`${name}, version ${version.version}, is not what its hash says: it is damaged where it comes from`)
}
