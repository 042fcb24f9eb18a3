import { renameSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Content, Rewrite, StoredFile } from '@openwopi/host'
import { hashFile } from './content-hash.ts'
import { addReceived, settleNew } from './create-file.ts'
import { isUnchanged, statsOf, syncFolder } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import type { Finder } from './finder.ts'
import { copyIn, outlast, type Received, receive } from './incoming.ts'
import { keepContent, keptPath } from './kept-content.ts'
import type { LockWatch } from './locks.ts'
import type { Present } from './places.ts'
import type { Publishing } from './publishing.ts'
import { rootId, type ServedFolder } from './served-folder.ts'
import { prune, recordOf, type Succession, succession } from './succession.ts'

/** What a write works with. */
export interface Writing {
  readonly served: ServedFolder
  readonly finder: Finder
  readonly publishing: Publishing
  readonly watchLock: (fileId: string) => LockWatch
}

/**
 * Once all of `content` has arrived, makes it the content of a file, or a file beside that: as `change.decide` has it.
 * Without that it replaces the file if it is still at `file.version`.
 */
export async function writeFile(
  writing: Writing,
  file: StoredFile,
  content: Content,
  change: Rewrite,
): Promise<StoredFile | undefined> {
  const { served, finder } = writing
  const present = await finder.file(file.id)
  if (!present || !isWanted(present, { file, change })) return undefined
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
  readonly change: Rewrite
}

/** Whoever decides is asked about a version that has come meanwhile; otherwise only the one that was given will do. */
const isWanted = ({ entry }: Present, { file, change }: Pick<Attempt, 'file' | 'change'>): boolean =>
  change.decide !== undefined || String(entry.version) === file.version

/** Tries until nothing has come between the question and its consequence. */
async function take(writing: Writing, attempt: Attempt): Promise<StoredFile | undefined> {
  const { served, finder } = writing
  const { file, change } = attempt
  let copy: Copy | undefined
  try {
    for (let tries = 0; tries < 100; tries++) {
      const now = await finder.file(file.id)
      if (!now || !isWanted(now, attempt)) return undefined
      const received = await outlast(served, attempt.received, now.entry)
      const isPresent = change.isUnmodified === true && (await hasBytes(served, now, received))
      const done = await decided(writing, now, { received, change, copy, isPresent })
      if (done === 'refused') return undefined
      if (typeof done === 'object') return await done.settled()
      if (copy) await rm(copy.path, { force: true })
      const { version } = now.entry
      copy = done === 'needs a copy' ? { version, path: await copyIn(served, now.found.path) } : undefined
    }
    throw new Error(`${file.name} never stood still`)
  } finally {
    if (copy) await rm(copy.path, { force: true })
  }
}

interface Question {
  readonly received: Received
  readonly change: Rewrite
  /** Of the file, where the one it has cannot be kept. */
  readonly copy: Copy | undefined
  /** The file is not to be changed because it has these bytes. */
  readonly isPresent: boolean
}

/** A copy of a file, and the version that it is of. */
interface Copy {
  readonly path: string
  readonly version: number
}

/** What has been done, and is yet to be made durable. */
interface Done {
  settled(): Promise<StoredFile | undefined>
}

/** Asks what is to become of the write, and does it. From the check of the lock on, nothing else runs. */
async function decided(
  writing: Writing,
  now: Present,
  question: Question,
): Promise<Done | 'refused' | 'needs a copy' | 'changed'> {
  const { finder } = writing
  const { received, change, isPresent } = question
  const lock = writing.watchLock(now.entry.id)
  try {
    const verdict = change.decide ? await change.decide(finder.stored(now)) : 'replace'
    if (verdict === 'refuse') return 'refused'
    const still = finder.still(now.entry.id, String(now.entry.version))
    if (lock.hasChanged() || !still) return 'changed'
    if (verdict !== 'replace') return putBeside(writing, still, { received, change, names: verdict.beside })
    if (isPresent) return { settled: async () => finder.stored(still) }
    const published = publish(writing, still, question)
    if (typeof published === 'string') return published
    const settled = async () => {
      await settleOnDisk(writing, published, received)
      return finder.stored({ ...still, entry: published.after })
    }
    return { settled }
  } finally {
    lock.end()
  }
}

function putBeside(
  { served, finder }: Writing,
  { entry, found }: Present,
  beside: Pick<Question, 'received' | 'change'> & { readonly names: Iterable<string> },
): Done | 'refused' {
  const folder = dirname(found.path)
  const made = addReceived(served, { ...beside, parentId: entry.parent ?? rootId, folder })
  return made ? { settled: () => settleNew(served, finder, made) } : 'refused'
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
  { received, change, copy }: Question,
): Published | 'needs a copy' | 'changed' {
  const next = succession(served, entry, change)
  const ofThis = copy?.version === entry.version ? copy.path : undefined
  if (next.keeps && !keepContent(served, entry, path, ofThis)) return 'needs a copy'
  const published = served.change((): Published => {
    const version = served.entries.nextVersion()
    const content = {
      ...contentOf(received.seen),
      version,
      sha256: received.sha256,
      outside: 0 as const,
      modifiedAt: received.seen.mtime,
    }
    const step = { path, entry, after: { ...entry, ...content }, next }
    served.entries.setContent(entry.id, content)
    record(served, step)
    publishing.note(entry.id, received.path, seen)
    return step
  })
  try {
    const now = served.disk.see(path)
    if (!now || !isUnchanged(now, entry)) {
      takeBack({ served, publishing }, published, received)
      return 'changed'
    }
    renameSync(received.path, path)
  } catch (error) {
    takeBack({ served, publishing }, published, received)
    throw error
  }
  noteCtime(served, published, received)
  return published
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

/** A rename changes the last of a file's times, which would be taken for another program's doing. */
function noteCtime(
  { disk, entries, changeLightly }: ServedFolder,
  { path, entry }: Published,
  { seen }: Received,
): void {
  const now = disk.see(path)
  if (now && isUnchanged(now, seen)) changeLightly(() => entries.setCtime(entry.id, now.ctime))
}

/** After this, a power failure changes nothing. */
async function settleOnDisk(
  { served, publishing }: Publisher,
  published: Published,
  received: Received,
): Promise<void> {
  const { path, entry, next } = published
  const kept = dirname(keptPath(served.data, entry.id, entry.version))
  await Promise.all([syncFolder(dirname(path)), next.keeps && syncFolder(kept)])
  served.changeLightly(() => publishing.strike(entry.id, received.path))
  prune(served, entry.id)
}
