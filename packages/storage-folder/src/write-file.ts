import { renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Change, Content, StoredFile } from '@openwopi/host'
import { hashFile } from './content-hash.ts'
import { isUnchanged, statsOf, syncFolder } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import type { Finder, Present } from './finder.ts'
import { copyIn, type Received, receive } from './incoming.ts'
import { keepContent, keptPath } from './kept-content.ts'
import type { LockWatch } from './locks.ts'
import type { Publishing } from './publishing.ts'
import type { ServedFolder } from './served-folder.ts'
import { prune, recordOf, type Succession, succession } from './succession.ts'

/** What a write works with. */
export interface Writing {
  readonly served: ServedFolder
  readonly finder: Finder
  readonly publishing: Publishing
  readonly watchLock: (fileId: string) => LockWatch
}

/** Replaces the content of a file, if it is still at `file.version` once all of `content` has arrived. */
export async function writeFile(
  writing: Writing,
  file: StoredFile,
  content: Content,
  change: Change,
): Promise<StoredFile | undefined> {
  const { served, finder } = writing
  const present = await finder.file(file.id)
  if (!present || String(present.entry.version) !== file.version) return undefined
  const { path, folder } = present.found
  const replaces = statsOf(path)
  const destination = { folder: { path: path.slice(0, -present.entry.name.length), seen: folder } }
  const received = await receive(served, content, { ...destination, ...(replaces && { replaces }) })
  try {
    return await take(writing, { file, received, change })
  } finally {
    await received.discard()
  }
}

interface Attempt {
  readonly file: StoredFile
  readonly received: Received
  readonly change: Change
}

/** Tries until nothing has come between the question and its consequence. */
async function take(writing: Writing, attempt: Attempt): Promise<StoredFile | undefined> {
  const { served, finder } = writing
  const { file, received, change } = attempt
  let copy: string | undefined
  try {
    for (let tries = 0; tries < 100; tries++) {
      const now = await finder.file(file.id)
      if (!now || String(now.entry.version) !== file.version) return undefined
      if (change.isUnmodified && (await hasBytes(served, now, received)))
        return !change.confirm || (await change.confirm()) ? finder.stored(now) : undefined
      const done = await confirmed(writing, attempt, copy)
      if (done === 'refused') return undefined
      if (done === 'needs a copy') copy = await copyIn(served, now.found.path)
      if (typeof done === 'string') continue
      await settleOnDisk(writing, done, received)
      return finder.stored({ ...now, entry: done.after })
    }
    throw new Error(`${file.name} never stood still`)
  } finally {
    if (copy !== undefined) await rm(copy, { force: true })
  }
}

/** Asks whether the write may be, and publishes it. From the check of the lock on, nothing else runs. */
async function confirmed(
  writing: Writing,
  { file, received, change }: Attempt,
  copy: string | undefined,
): Promise<Published | 'refused' | 'needs a copy' | 'changed'> {
  const lock = writing.watchLock(file.id)
  try {
    if (change.confirm && !(await change.confirm())) return 'refused'
    if (lock.hasChanged()) return 'changed'
    const still = writing.finder.still(file.id, file.version)
    return still ? publish(writing, still, { received, change, copy }) : 'changed'
  } finally {
    lock.end()
  }
}

async function hasBytes(
  { disk }: ServedFolder,
  { entry, found }: Present,
  { seen, sha256 }: Received,
): Promise<boolean> {
  if (entry.size !== seen.size) return false
  return (entry.sha256 ?? (await hashFile(disk, found.path))?.sha256) === sha256
}

type Publisher = Pick<Writing, 'served' | 'publishing'>

/** What a write has changed, and what it takes to take that back. */
interface Published {
  readonly path: string
  readonly entry: Entry
  readonly after: Entry
  readonly next: Succession
}

/**
 * Makes what has been received the content of the file: the index first, then the disk. One step: no other call sees
 * anything between, and to another program a few microseconds are left.
 */
function publish(
  { served, publishing }: Publisher,
  { entry, found: { path, seen } }: Present,
  { received, change, copy }: { received: Received; change: Change; copy: string | undefined },
): Published | 'needs a copy' | 'changed' {
  const next = succession(served, entry, change)
  if (next.keeps && !keepContent(served, entry, path, copy)) return 'needs a copy'
  const published = served.change((): Published => {
    const version = served.entries.nextVersion()
    const content = { ...contentOf(received.seen), version, sha256: received.sha256, outside: 0 as const }
    const step = { path, entry, after: { ...entry, ...content }, next }
    served.entries.setContent(entry.id, content)
    record(served, step)
    publishing.note(entry.id, received.path, seen)
    return step
  })
  try {
    const now = served.disk.see(path)
    if (now && isUnchanged(now, entry)) {
      renameSync(received.path, path)
      return published
    }
  } catch (error) {
    takeBack({ served, publishing }, published, received)
    throw error
  }
  takeBack({ served, publishing }, published, received)
  return 'changed'
}

function record({ ledger }: ServedFolder, { entry, after, next }: Published): void {
  if (!next.keeps) ledger.drop(entry.id, entry.version)
  else if (!next.before) ledger.put(recordOf(entry))
  ledger.put({ ...recordOf(after), ...next.record })
}

function takeBack({ served, publishing }: Publisher, { entry, after, next }: Published, { path }: Received): void {
  served.change(() => {
    served.entries.setContent(entry.id, entry)
    served.ledger.drop(entry.id, after.version)
    if (next.before) served.ledger.put(next.before)
    publishing.strike(entry.id, path)
  })
}

/** After this, a power failure changes nothing. */
async function settleOnDisk(
  { served, publishing }: Publisher,
  published: Published,
  received: Received,
): Promise<void> {
  const { path, entry, next } = published
  const seen = served.disk.see(path)
  const kept = dirname(keptPath(served.data, entry.id, entry.version))
  await Promise.all([syncFolder(dirname(path)), next.keeps && syncFolder(kept)])
  served.changeLightly(() => {
    publishing.strike(entry.id, received.path)
    if (seen && isUnchanged(seen, received.seen)) served.entries.setCtime(entry.id, seen.ctime)
  })
  prune(served, entry.id)
}
