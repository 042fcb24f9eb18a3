import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Aside, Content } from '@openwopi/host'
import { appendContent } from './append-content.ts'
import type { ServedFolder } from './served-folder.ts'

/** What has been put aside, until it is discarded. */
type Discardable = Aside & { discard(): Promise<void> }

/** Up to so many bytes are kept in memory: most saves change little, and a file of its own would cost more than that. */
const mostInMemory = 256 * 1024

/** Puts content aside for the time of one call. What has arrived of it is deleted if it breaks off. */
export async function putAside({ data, newId }: ServedFolder, content: Content): Promise<Discardable> {
  const source = content[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let size = 0
  for (let next = await source.next(); !next.done; next = await source.next()) {
    held.push(next.value)
    size += next.value.byteLength
    if (size > mostInMemory) return inFile(join(data.incoming, newId()), following(held, source))
  }
  return inMemory(Buffer.concat(held))
}

const inMemory = (bytes: Buffer): Discardable => ({
  size: bytes.byteLength,
  async *read(start, end) {
    if (end > start) yield bytes.subarray(start, end)
  },
  discard: async () => {},
})

async function* following(held: readonly Uint8Array[], source: AsyncIterator<Uint8Array>): Content {
  yield* held
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}

async function inFile(path: string, content: Content): Promise<Discardable> {
  const discard = () => rm(path, { force: true })
  try {
    await (await open(path, 'wx', 0o600)).close()
    const size = await appendContent(path, { offset: 0, content, isLasting: false })
    return { ...fileAside(path, size ?? 0), discard }
  } catch (error) {
    await discard()
    throw error
  }
}

/** The first `size` bytes of a file. */
export const fileAside = (path: string, size: number): Aside => ({
  size,
  async *read(start, end) {
    if (end <= start) return
    const handle = await open(path, 'r')
    try {
      yield* handle.createReadStream({ start, end: end - 1, autoClose: false, highWaterMark: 256 * 1024 })
    } finally {
      await handle.close()
    }
  },
})
