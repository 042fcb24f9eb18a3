import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Content, Rewrite, StoredFile } from '@openwopi/host'
import { hashFile } from './content-hash.ts'
import { addReceived, settleNew } from './create-file.ts'
import { statsOf } from './disk.ts'
import type { Finder } from './finder.ts'
import { copyIn, outlast, type Received, receive } from './incoming.ts'
import type { LockWatch } from './locks.ts'
import type { Present } from './places.ts'
import { type Copy, type Publication, publish, settleOnDisk } from './publish.ts'
import type { Publishing } from './publishing.ts'
import { type ReceivedCarried, receiveCarried } from './receive-carried.ts'
import { rootId, type ServedFolder } from './served-folder.ts'

/** What a write works with. */
export interface Writing {
  readonly served: ServedFolder
  readonly finder: Finder
  readonly publishing: Publishing
  readonly watchLock: (fileId: string) => LockWatch
}

/**
 * A save in pieces is to cost little, however long the file: the hash of a longer one is found out afterwards. In bytes.
 */
const hashedInPieces = 8 * 2 ** 20

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
  const received = await receive(served, content, {
    ...destination,
    ...(replaces && { replaces }),
    ...(change.carries && { mostHashed: hashedInPieces }),
  })
  try {
    const carried = change.carries && (await receiveCarried(served, file.id, change.carries))
    return await take(writing, { file, received, change, carried }).finally(carried?.discard)
  } finally {
    await received.discard()
  }
}

interface Attempt {
  readonly file: StoredFile
  readonly received: Received
  readonly change: Rewrite
  readonly carried: ReceivedCarried | undefined
}

/** Whoever decides is asked about a version that has come meanwhile; otherwise only the one that was given will do. */
const isWanted = ({ entry }: Present, { file, change }: Pick<Attempt, 'file' | 'change'>): boolean =>
  change.decide !== undefined || String(entry.version) === file.version

/** Tries until nothing has come between the question and its consequence. */
async function take(writing: Writing, attempt: Attempt): Promise<StoredFile | undefined> {
  const { served, finder } = writing
  const { file, change, carried } = attempt
  let copy: Copy | undefined
  try {
    for (let tries = 0; tries < 100; tries++) {
      const now = await finder.file(file.id)
      if (!now || !isWanted(now, attempt)) return undefined
      const received = await outlast(served, attempt.received, now.entry)
      const isPresent = change.isUnmodified === true && (await hasBytes(served, now, received))
      const done = await decided(writing, now, { received, change, carried, copy, isPresent })
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

interface Question extends Publication {
  /** The file is not to be changed because it has these bytes. */
  readonly isPresent: boolean
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
      if (received.sha256 === null) writing.served.contents.wants(published.after.id)
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
  { path, seen, sha256 }: Received,
): Promise<boolean> {
  if (entry.size !== seen.size) return false
  const hashOf = async (path: string) => (await hashFile(disk, path))?.sha256
  return (entry.sha256 ?? (await hashOf(found.path))) === (sha256 ?? (await hashOf(path)))
}
