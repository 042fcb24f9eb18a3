import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { Content } from '@openwopi/host'
import type { AboutSave, FailedSave } from './failed-save.ts'
import { opened } from './sealed-frames.ts'
import { type LockedSave, readEntry } from './spool-entry.ts'
import { spoolFiles } from './spool-files.ts'
import type { SpoolKeys } from './spool-keys.ts'
import { type SpoolWriter, writeTo } from './spool-writer.ts'

export type { LockedSave } from './spool-entry.ts'

/** Saves that could not be stored, each sealed, on a disk of this machine. */
export interface Spool {
  readonly folder: string
  /** Begins to put one aside. */
  begin(): Promise<SpoolWriter>
  /** Puts one aside of which all is at hand. Fails where there is no room; nothing is left then. */
  keep(about: AboutSave, content: Content): Promise<FailedSave>
  /** The latest first. */
  list(): Promise<readonly (FailedSave | LockedSave)[]>
  find(id: string): Promise<FailedSave | LockedSave | undefined>
  /** Its bytes. Fails where they are not what they were. */
  read(save: FailedSave): Content
  /** `false`: it was gone already. */
  remove(id: string): Promise<boolean>
  /** Bytes on disk, and the most that there may be. */
  room(): Promise<{ readonly used: number; readonly limit: number }>
}

/** Where a spool is, and how much it may hold. */
export interface SpoolOptions {
  readonly folder: string
  readonly keys: SpoolKeys
  /** Bytes. */
  readonly limit: number
}

/** Opens a spool. Its folder is made if it is not there. */
export async function openSpool({ folder, keys, limit }: SpoolOptions): Promise<Spool & { tidy(): Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files = spoolFiles(folder)
  const find = (id: string) => (isId(id) ? readEntry(files, keys, id) : Promise.resolve(undefined))
  const begin = () => writeTo({ files, keys, limit, id: randomUUID() })
  return {
    folder,
    tidy: files.tidy,
    begin,
    async keep(about, content) {
      const writer = await begin()
      try {
        for await (const chunk of content) await writer.write(chunk)
        return await writer.end(about)
      } catch (error) {
        await writer.drop()
        throw error
      }
    },
    async list() {
      const found = await Promise.all((await files.ids()).map(find))
      return found.filter((save) => save !== undefined).sort((a, b) => timeOf(b) - timeOf(a))
    },
    find,
    read: ({ id }) => opened(createReadStream(files.bytesOf(id)), keys.ofContent(id)),
    remove: (id) => (isId(id) ? files.remove(id) : Promise.resolve(false)),
    room: async () => ({ used: await files.size(), limit }),
  }
}

/** Ids come from addresses too, and are names of files. */
const isId = (id: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)

const timeOf = (save: FailedSave | LockedSave): number => ('at' in save ? save.at : 0)
