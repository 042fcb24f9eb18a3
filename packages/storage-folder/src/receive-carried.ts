import { renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CarriedChange } from '@openwopi/host'
import type { KeptChange } from './carried.ts'
import { streamPath } from './data-folder.ts'
import { syncFolder } from './disk.ts'
import { receive } from './incoming.ts'
import type { ServedFolder } from './served-folder.ts'

/** A change of what a file carries that is safe on disk, and not yet in the index. */
export interface ReceivedCarried extends KeptChange {
  /** Deletes what the index has not been told of. */
  discard(): Promise<void>
}

/** Receives the streams of a change. What has arrived of them is deleted if one breaks off. */
export async function receiveCarried(
  served: ServedFolder,
  file: string,
  { properties, streams }: CarriedChange,
): Promise<ReceivedCarried> {
  const taken: KeptChange['streams'][number][] = []
  const discard = async () => {
    const known = served.carried.names(file)
    for (const { name } of taken)
      if (name !== undefined && !known.has(name)) await rm(streamPath(served.data, name), { force: true })
  }
  try {
    for (const { id, content } of streams)
      taken.push(content ? { id, ...(await receiveStream(served, content)) } : { id, size: 0 })
    if (taken.length > 0) await syncFolder(served.data.streams)
    return { properties, streams: taken, discard }
  } catch (error) {
    await discard()
    throw error
  }
}

async function receiveStream(served: ServedFolder, content: NonNullable<CarriedChange['streams'][number]['content']>) {
  const { data, disk } = served
  const folder = disk.see(data.streams)
  if (!folder) throw new Error(`${data.streams} is gone`)
  const received = await receive(served, content, { folder: { path: data.streams, seen: folder } })
  const name = basename(received.path)
  renameSync(received.path, streamPath(data, name))
  return { name, size: received.seen.size }
}
