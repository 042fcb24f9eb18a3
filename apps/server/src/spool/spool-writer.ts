import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import type { AboutSave, FailedSave } from './failed-save.ts'
import { sealer } from './sealed-frames.ts'
import { sealedEntry } from './spool-entry.ts'
import type { SpoolFiles } from './spool-files.ts'
import type { SpoolKeys } from './spool-keys.ts'

/** A save that is being put aside. */
export interface SpoolWriter {
  write(chunk: Uint8Array): Promise<void>
  /** Bytes written so far. */
  size(): number
  /** All is there. Once this resolves, it outlives the machine's power. */
  end(about: AboutSave): Promise<FailedSave>
  /** It is not wanted after all: nothing is left. */
  drop(): Promise<void>
}

/** There is no room left for another save. */
export class SpoolFull extends Error {
  override readonly name = 'SpoolFull'

  constructor(folder: string) {
    super(
      `the spool ${folder} is full: recover or discard what is in it ("openwopi recover"), or let it hold more with --spool-size`,
    )
  }
}

interface Writing {
  readonly files: SpoolFiles
  readonly keys: SpoolKeys
  /** Bytes that the whole spool may hold. */
  readonly limit: number
  readonly id: string
}

/** After so many bytes it is looked again whether there is room, in bytes: others write too. */
const lookAfter = 2 ** 20

/** What an entry may take besides the bytes of its save. */
const entryRoom = 8 * 1024

/** Begins to write a save. */
export async function writeTo({ files, keys, limit, id }: Writing): Promise<SpoolWriter> {
  const path = files.bytesOf(id)
  let left = 0
  const look = async () => {
    left = Math.min(lookAfter, limit - entryRoom - (await files.size()))
    if (left <= 0) throw new SpoolFull(files.folder)
  }
  await look()
  const file = await open(path, 'wx', 0o600)
  const frames = sealer(keys.ofContent(id))
  const hash = createHash('sha256')
  let size = 0
  let isOpen = true

  const close = async () => {
    if (isOpen) await file.close()
    isOpen = false
  }
  return {
    size: () => size,
    async write(chunk) {
      size += chunk.byteLength
      hash.update(chunk)
      for (const frame of frames.push(chunk)) {
        if (left <= 0) await look()
        left -= frame.byteLength
        await file.writeFile(frame)
      }
    },
    async end(about) {
      await file.writeFile(frames.end())
      await file.sync()
      await close()
      const save: FailedSave = { ...about, id, size, sha256: hash.digest('base64') }
      await files.writeEntry(id, sealedEntry(save, keys))
      return save
    },
    async drop() {
      await close()
      await files.remove(id)
      await rm(path, { force: true })
    },
  }
}
