import { renameSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Rewrite } from '@openwopi/host'
import { afterChange, type KeptChange } from './carried.ts'
import { isUnchanged, syncFolder } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import type { Received } from './incoming.ts'
import { keepContent, keptPath } from './kept-content.ts'
import type { Present } from './places.ts'
import type { Publishing } from './publishing.ts'
import type { ServedFolder } from './served-folder.ts'
import { pruneStreams } from './streams.ts'
import { prune, recordOf, type Succession, succession } from './succession.ts'

/** What a publication works with. */
interface Publisher {
  readonly served: ServedFolder
  readonly publishing: Publishing
}

/** A copy of a file, and the version that it is of. */
export interface Copy {
  readonly path: string
  readonly version: number
}

/** What is to become the content of a file. */
export interface Publication {
  readonly received: Received
  readonly change: Rewrite
  /** Absent: the save does not speak of what the file carries. */
  readonly carried: KeptChange | undefined
  /** Of the file, where the content it has cannot be kept. */
  readonly copy: Copy | undefined
}

/** What a write has changed, and what it takes to take that back. */
export interface Published {
  readonly path: string
  readonly entry: Entry
  readonly after: Entry
  readonly next: Succession
}

/**
 * Makes what has been received the content of the file: the index first, then the disk. One step: no other call sees
 * anything between, and to another program a few microseconds are left.
 */
export function publish(
  { served, publishing }: Publisher,
  { entry, found: { path, seen } }: Present,
  { received, change, carried, copy }: Publication,
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
    if (carried) served.carried.put(entry.id, version, afterChange(carriedBefore(served, entry), carried, served.now()))
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

const carriedBefore = ({ carried }: ServedFolder, { id, version }: Entry) => carried.of(id, version)

function record({ ledger }: ServedFolder, { entry, after, next }: Published): void {
  if (!next.keeps) ledger.drop(entry.id, entry.version)
  else if (!next.before) ledger.put(recordOf(entry))
  ledger.put({ ...recordOf(after), ...next.record })
}

function takeBack({ served, publishing }: Publisher, { entry, after, next }: Published, { path }: Received): void {
  served.change(() => {
    served.entries.setContent(entry.id, entry)
    served.ledger.drop(entry.id, after.version)
    served.carried.drop(entry.id, after.version)
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
export async function settleOnDisk(
  { served, publishing }: Publisher,
  published: Published,
  received: Received,
): Promise<void> {
  const { path, entry, next } = published
  const kept = dirname(keptPath(served.data, entry.id, entry.version))
  await Promise.all([syncFolder(dirname(path)), next.keeps && syncFolder(kept)])
  served.changeLightly(() => publishing.strike(entry.id, received.path))
  prune(served, entry.id)
  await pruneStreams(served, entry.id)
}
