import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Content } from '@openwopi/host'
import type { Blobs, ListedBlob, StoredBlob } from '../blobs.ts'
import { isKey } from './key.ts'
import { measured } from './measured.ts'

/** What blobs in a folder need. */
export interface FolderBlobsOptions {
  /** The folder; made if it is not there. Nothing else may lie in it. */
  readonly folder: string
  /** Gives the key of the next blob: a UUID that no blob has had before. */
  readonly newKey?: () => string
  readonly now?: () => number
}

/** A blob is named by its key, in a folder named by the key's first digits: 4,096 folders share millions of blobs. */
const shelfDigits = 3

/** Blobs as files in a folder, each written aside and synced before it stands under its key. */
export function folderBlobs({ folder, newKey = randomUUID, now = Date.now }: FolderBlobsOptions): Blobs {
  const incoming = join(folder, 'incoming')
  const pathOf = (key: string) => join(folder, key.slice(0, shelfDigits), key)
  return {
    async put(content, { size } = {}) {
      const key = newKey()
      await makeFolder(incoming)
      const path = join(incoming, key)
      try {
        const stored = await receive(path, key, { content, size })
        await makeFolder(dirname(pathOf(key)))
        await rename(path, pathOf(key))
        await syncFolder(dirname(pathOf(key)))
        return stored
      } catch (error) {
        await Promise.all([rm(path, { force: true }), rm(pathOf(key), { force: true })])
        throw error
      }
    },
    async get(key, range) {
      const size = isKey(key) ? await sizeOf(pathOf(key)) : undefined
      return size === undefined ? undefined : contentAt(pathOf(key), range ?? { start: 0, end: size })
    },
    async remove(key) {
      if (isKey(key)) await rm(pathOf(key), { force: true })
    },
    list: (after = '') => listed(folder, after),
    tidy: (age) => removeOld(incoming, now() - age),
  }
}

interface Incoming {
  readonly content: Content
  readonly size: number | undefined
}

async function receive(path: string, key: string, { content, size }: Incoming): Promise<StoredBlob> {
  const passing = measured(content, size)
  const handle = await open(path, 'wx', 0o600)
  try {
    // From where the last one ended; and unlike `write`, all of it or an error.
    for await (const piece of passing.content) await handle.writeFile(piece)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { key, size: passing.size(), sha256: passing.sha256() }
}

/** It is opened with the first piece, so that content nobody asks for holds nothing open. */
async function* contentAt(path: string, { start, end }: { readonly start: number; readonly end: number }): Content {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    if (end > size) throw new RangeError(`${path} has only ${size} bytes`)
    let left = end - start
    if (left === 0) return
    for await (const piece of handle.createReadStream({
      start,
      end: end - 1,
      autoClose: false,
      highWaterMark: 1 << 18,
    })) {
      left -= piece.byteLength
      yield piece
    }
    if (left > 0) throw new RangeError(`${path} has become shorter while it was read`)
  } finally {
    await handle.close()
  }
}

async function* listed(folder: string, after: string): AsyncGenerator<ListedBlob> {
  for (const shelf of await namesIn(folder)) {
    if (shelf.length !== shelfDigits || shelf < after.slice(0, shelfDigits)) continue
    for (const key of await namesIn(join(folder, shelf))) {
      const found = key > after && isKey(key) ? await statOf(join(folder, shelf, key)) : undefined
      if (found) yield { key, size: found.size, putAt: found.mtimeMs }
    }
  }
}

async function removeOld(folder: string, before: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    const found = await statOf(join(folder, name))
    if (found && found.mtimeMs < before) await rm(join(folder, name), { force: true })
  }
}

const namesIn = async (folder: string) => (await unlessMissing(readdir(folder)))?.sort() ?? []
const statOf = (path: string) => unlessMissing(stat(path))
const sizeOf = async (path: string) => (await statOf(path))?.size

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Makes a folder, durably, if it is not there. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  for (let made = path; first && made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

/** Makes durable what has been added to a folder. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
