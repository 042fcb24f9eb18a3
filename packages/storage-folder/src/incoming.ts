import { createHash } from 'node:crypto'
import { copyFileSync, type Stats } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Content } from '@openwopi/host'
import { hasCode, type Seen } from './disk.ts'
import { earlySync } from './early-sync.ts'
import type { Entry } from './entries.ts'
import type { ServedFolder } from './served-folder.ts'
import { writeAll } from './write-all.ts'

/** Content that has arrived and is safe on disk, under a name of its own. */
export interface Received {
  readonly path: string
  readonly seen: Seen
  /** Base64. `null`: it is longer than was to be hashed. */
  readonly sha256: string | null
  /** Deletes it, if it is still there. */
  discard(): Promise<void>
}

/** Where content is to go, and what it takes the place of. */
export interface Destination {
  readonly folder: { readonly path: string; readonly seen: Seen }
  /** The file that is replaced: its mode and owner stay. */
  readonly replaces?: Stats
  /** The most bytes that are hashed on their way; default all. */
  readonly mostHashed?: number
}

/**
 * Receives content on the file system where it is to go. What has arrived of it is deleted if it breaks off. Chunks are
 * not copied: whoever hands one over leaves it as it is.
 */
export async function receive(served: ServedFolder, content: Content, destination: Destination): Promise<Received> {
  const path = newPath(served, destination)
  const handle = await open(path, 'wx', 0o666)
  const discard = async () => {
    await rm(path, { force: true })
    if (destination.folder.seen.dev !== served.data.dev) served.changeLightly(() => served.leftovers.strike(path))
  }
  try {
    const sha256 = await writeHashed(handle, content, destination)
    if (destination.replaces) await resemble(handle, destination.replaces)
    await handle.sync()
    const seen = served.disk.seen(await handle.stat())
    if (!seen) throw new Error(`${path} is not a file`)
    return { path, seen, sha256, discard }
  } catch (error) {
    await discard()
    throw error
  } finally {
    await handle.close()
  }
}

/** A copy of a file, safe on disk; among what arrives, unless another place is given. */
export async function copyIn(
  { data, newId }: ServedFolder,
  from: string,
  path = join(data.incoming, newId()),
): Promise<string> {
  try {
    copyFileSync(from, path)
    const handle = await open(path, 'r')
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return path
}

/** A file is renamed into place, which works on one file system only. */
function newPath({ data, leftovers, newId, change }: ServedFolder, { folder }: Destination): string {
  if (folder.seen.dev === data.dev) return join(data.incoming, newId())
  const path = join(folder.path, `.openwopi-${newId()}`)
  change(() => leftovers.note(path))
  return path
}

/** Writes and hashes. Base64 of the SHA-256 of all, unless that is too much. */
async function writeHashed(
  handle: FileHandle,
  content: Content,
  { mostHashed = Number.POSITIVE_INFINITY }: Destination,
): Promise<string | null> {
  const hash = createHash('sha256')
  const sync = earlySync(handle)
  let size = 0
  const passing = (piece: Uint8Array) => {
    size += piece.byteLength
    if (size <= mostHashed) hash.update(piece)
    sync.count(piece.byteLength)
  }
  await writeAll(handle, content, { passing })
  await sync.done()
  return size <= mostHashed ? hash.digest('base64') : null
}

async function resemble(handle: FileHandle, { mode, uid, gid }: Stats): Promise<void> {
  const now = await handle.stat()
  if (now.uid !== uid || now.gid !== gid) await handle.chown(uid, gid).catch(ignoreForbidden)
  await handle.chmod(mode & 0o7777)
}

/** Gives what was received a later time than that of a state it may replace: clients tell states apart by their times. */
export async function outlast(
  { disk }: ServedFolder,
  received: Received,
  { mtime, modifiedAt }: Pick<Entry, 'mtime' | 'modifiedAt'>,
): Promise<Received> {
  const earliest = Math.floor(Math.max(mtime, modifiedAt)) + 1
  if (received.seen.mtime >= earliest) return received
  const handle = await open(received.path, 'r')
  try {
    await handle.utimes((await handle.stat()).atimeMs / 1000, earliest / 1000)
    await handle.sync()
    const seen = disk.seen(await handle.stat())
    if (!seen) throw new Error(`${received.path} is not a file`)
    return { ...received, seen }
  } finally {
    await handle.close()
  }
}

/** Only root may give a file to somebody else. */
function ignoreForbidden(error: unknown): void {
  if (!hasCode(error, 'EPERM')) throw error
}
