import type { FileHandle } from 'node:fs/promises'
import type { Content } from '@openwopi/host'

/** How much is gathered before it is written. */
const batchSize = 128 * 1024
const batchCount = 256

interface Options {
  /** Where it goes in the file; default where the handle stands. */
  readonly at?: number
  /** Told of each piece before it is written. */
  readonly passing?: (piece: Uint8Array) => void
}

/** Writes content while the next bytes arrive. Chunks are not copied: whoever hands one over leaves it as it is. */
export async function writeAll(handle: FileHandle, content: Content, { at, passing }: Options = {}): Promise<void> {
  let position = at
  let batch: Uint8Array[] = []
  let size = 0
  let writing: Promise<void> = Promise.resolve()
  const flush = () => {
    const written = write(handle, batch, position)
    if (position !== undefined) position += size
    batch = []
    size = 0
    return written
  }
  for await (const chunk of content) {
    if (chunk.byteLength === 0) continue
    passing?.(chunk)
    batch.push(chunk)
    size += chunk.byteLength
    if (size < batchSize && batch.length < batchCount) continue
    await writing
    writing = flush()
    // Whether it went well is asked before the next batch is written.
    writing.catch(() => undefined)
  }
  await writing
  await flush()
}

async function write(handle: FileHandle, chunks: readonly Uint8Array[], position: number | undefined): Promise<void> {
  const size = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (size === 0) return
  const { bytesWritten } = await handle.writev(chunks, position)
  if (bytesWritten === size) return
  // A disk that is almost full takes a part; trying the rest says why.
  const rest = Buffer.concat(chunks).subarray(bytesWritten)
  for (let done = 0; done < rest.byteLength; ) {
    const from = position === undefined ? null : position + bytesWritten + done
    done += (await handle.write(rest, done, rest.byteLength - done, from)).bytesWritten
  }
}
