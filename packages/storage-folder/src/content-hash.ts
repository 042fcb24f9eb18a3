import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Disk, isUnchanged, type Seen } from './disk.ts'

/** Base64 of the SHA-256 of a file, and the file as it was throughout. `undefined`: it changed meanwhile. */
export async function hashFile(
  disk: Disk,
  path: string,
  signal?: AbortSignal,
): Promise<{ sha256: string; seen: Seen } | undefined> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const before = disk.seen(await handle.stat())
    const hash = createHash('sha256')
    for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
      signal?.throwIfAborted()
      hash.update(chunk)
    }
    const after = disk.seen(await handle.stat())
    const isWhole = before && after && isUnchanged(before, after)
    return isWhole ? { sha256: hash.digest('base64'), seen: after } : undefined
  } finally {
    await handle.close()
  }
}
