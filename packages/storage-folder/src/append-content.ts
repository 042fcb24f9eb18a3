import { open } from 'node:fs/promises'
import type { Content } from '@openwopi/host'
import { writeAll } from './write-all.ts'

/** What is added to a file, and where. */
export interface Appending {
  /** Where the file ends, as far as it counts. */
  readonly offset: number
  readonly content: Content
  /** Asked for each piece. `false`: there is no room for it. */
  readonly hasRoom?: (bytes: number) => boolean
  /** `false`: it need not outlive a power failure. */
  readonly isLasting?: boolean
}

/** Writes content behind what a file has. The number of bytes; `undefined`: there is no room for all of them. */
export async function appendContent(
  path: string,
  { offset, content, hasRoom = () => true, isLasting = true }: Appending,
): Promise<number | undefined> {
  const handle = await open(path, 'r+')
  let added = 0
  let isFull = false
  async function* fitting(): Content {
    for await (const piece of content) {
      isFull = !hasRoom(piece.byteLength)
      if (isFull) return
      added += piece.byteLength
      yield piece
    }
  }
  try {
    await writeAll(handle, fitting(), { at: offset })
    if (isFull) return undefined
    if (isLasting) await handle.sync()
    return added
  } finally {
    await handle.close()
  }
}
