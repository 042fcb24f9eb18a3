import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
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
    const sha256 = await hashAll(handle, signal)
    const after = disk.seen(await handle.stat())
    const isWhole = before && after && isUnchanged(before, after)
    return isWhole ? { sha256, seen: after } : undefined
  } finally {
    await handle.close()
  }
}

/** Bytes that are read at a time. */
const step = 256 * 1024

/** Hashes one step while the next is read. The same two buffers serve however long the file is. */
async function hashAll(handle: FileHandle, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256')
  let [buffer, spare] = [Buffer.allocUnsafe(step), Buffer.allocUnsafe(step)]
  let position = 0
  let reading = handle.read(buffer, 0, step, position)
  for (;;) {
    const { bytesRead } = await reading
    signal?.throwIfAborted()
    if (bytesRead === 0) return hash.digest('base64')
    position += bytesRead
    reading = handle.read(spare, 0, step, position)
    // That it fails is asked with the next step, unless hashing ends before.
    reading.catch(() => undefined)
    hash.update(buffer.subarray(0, bytesRead))
    ;[buffer, spare] = [spare, buffer]
  }
}
