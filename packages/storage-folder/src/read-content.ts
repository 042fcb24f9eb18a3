import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Content } from '@openwopi/host'
import { type Disk, hasCode, isUnchanged, type Seen } from './disk.ts'

/** From byte `start` up to and without byte `end`. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** A state of a file: where it may lie, and how it is known. */
export interface Wanted {
  readonly paths: readonly string[]
  readonly is: Pick<Seen, 'ino' | 'born' | 'size' | 'mtime'>
}

/** Bytes per chunk: each costs a turn through the thread pool, and all of them that are under way are held in memory. */
const chunkSize = 512 * 1024

/**
 * The content of one state of a file. It is opened with the first chunk, so that content nobody asks for holds nothing
 * open. Throws rather than give bytes of two states.
 */
export async function* contentAt(disk: Disk, { paths, is }: Wanted, range?: ByteRange): Content {
  const handle = await openAny(disk, paths, is)
  try {
    const { start, end } = range ?? { start: 0, end: is.size }
    if (end - start > chunkSize)
      yield* handle.createReadStream({ start, end: end - 1, autoClose: false, highWaterMark: chunkSize })
    else if (end > start) yield await stretch(handle, start, end)
    const after = disk.seen(await handle.stat())
    if (!after || !isUnchanged(after, is)) throw new Error(`${paths[0]} was changed while it was being read`)
  } finally {
    await handle.close()
  }
}

/** A short stretch, in fewer steps than a stream takes. A file that has become shorter gives fewer bytes. */
async function stretch(handle: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start)
  let filled = 0
  while (filled < bytes.byteLength) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.byteLength - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

async function openAny(disk: Disk, paths: readonly string[], is: Wanted['is']): Promise<FileHandle> {
  for (const path of paths) {
    const handle = await openIfThere(path)
    const seen = handle && disk.seen(await handle.stat())
    if (handle && seen && isUnchanged(seen, is)) return handle
    await handle?.close()
  }
  throw new Error(`${paths[0]} is no longer what it was`)
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return undefined
    throw error
  }
}
