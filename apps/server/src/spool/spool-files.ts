import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** The files of a spool: of each save, its bytes and what is known of it. It is one when both are there. */
export interface SpoolFiles {
  readonly folder: string
  bytesOf(id: string): string
  /** Ids of all saves that are whole. */
  ids(): Promise<readonly string[]>
  readEntry(id: string): Promise<string | undefined>
  /** Makes the save one, durably: its bytes must be safe already. */
  writeEntry(id: string, text: string): Promise<void>
  /** `false`: it was gone already. */
  remove(id: string): Promise<boolean>
  /** Bytes on disk. */
  size(): Promise<number>
  /** Takes away what was being written when a server ended. */
  tidy(): Promise<void>
}

const [bytesEnd, entryEnd, partEnd] = ['.bytes', '.entry', '.part']

/** Files in a folder that is there. */
export function spoolFiles(folder: string): SpoolFiles {
  const at = (name: string) => join(folder, name)
  const ids = async () =>
    (await readdir(folder)).filter((name) => name.endsWith(entryEnd)).map((name) => name.slice(0, -entryEnd.length))

  return {
    folder,
    bytesOf: (id) => at(id + bytesEnd),
    ids,
    readEntry: (id) => unlessMissing(readFile(at(id + entryEnd), 'utf8')),
    async writeEntry(id, text) {
      const path = at(id + entryEnd + partEnd)
      await writeSafely(path, text).catch(async (error: unknown) => {
        await rm(path, { force: true })
        throw error
      })
      await rename(path, at(id + entryEnd))
      await syncFolder(folder)
    },
    async remove(id) {
      const wasThere = (await unlessMissing(stat(at(id + entryEnd)))) !== undefined
      // What is known of it goes first: bytes alone are no save.
      await rm(at(id + entryEnd), { force: true })
      await rm(at(id + bytesEnd), { force: true })
      return wasThere
    },
    async size() {
      const sizes = (await readdir(folder)).map(async (name) => (await unlessMissing(stat(at(name))))?.size ?? 0)
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    },
    async tidy() {
      const whole = new Set(await ids())
      for (const name of await readdir(folder)) {
        const isTorn = name.endsWith(bytesEnd) && !whole.has(name.slice(0, -bytesEnd.length))
        if (isTorn || name.endsWith(partEnd)) await rm(at(name), { force: true })
      }
    },
  }
}

async function writeSafely(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
