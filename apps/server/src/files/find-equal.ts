import type { StoredFile } from '@openwopi/host'
import type { Files } from '../stored/open-files.ts'
import { contentHash } from './content-hash.ts'

/** A content that may have become a file already. */
export interface Sought {
  readonly folderId: string
  /** What the file may be called, in the order in which they are tried: it has none behind the first that is free. */
  readonly names: Iterable<string>
  /** Bytes. */
  readonly size: number
  /** Base64 of the SHA-256. Asked for once there is a file that may be it. */
  readonly sha256: () => Promise<string>
  /** A file that was changed before is another one: milliseconds since the epoch. */
  readonly since: number
}

/**
 * The file that a content has become, if a process that ended before it could say so had made one of it. Whoever is to
 * store the content again asks first, so that nothing is stored twice.
 */
export async function findEqual(
  { storage }: Pick<Files, 'storage'>,
  { folderId, names, size, sha256, since }: Sought,
): Promise<StoredFile | undefined> {
  for (const name of names) {
    const file = await storage.child(folderId, name)
    if (!file) return undefined
    if (file.size !== size || file.modifiedAt < since) continue
    const content = file.sha256 === undefined ? await storage.read(file) : undefined
    const hash = content ? await contentHash(content) : file.sha256
    if (hash === (await sha256())) return file
  }
  return undefined
}
