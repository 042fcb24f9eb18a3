import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Aside, Content } from '@openwopi/host'
import type { Discardable } from '@openwopi/host/adapter'
import { appendContent } from './append-content.ts'
import type { ServedFolder } from './served-folder.ts'

/** Puts content aside in a file. What has arrived of it is deleted if it breaks off. */
export async function asideInFile({ data, newId }: ServedFolder, content: Content): Promise<Discardable> {
  const path = join(data.incoming, newId())
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
