import { setImmediate as turn } from 'node:timers/promises'
import { hasKnownContent } from './contents.ts'
import { isSame, isUnchanged } from './disk.ts'
import { contentOf, type Entry, type Known } from './entries.ts'
import { takeOutsideChange } from './outside-change.ts'
import { type Scan, type Sighting, slice } from './scan.ts'
import type { ServedFolder } from './served-folder.ts'
import { addEntry, settle } from './settle.ts'

/** How a folder on disk differs from what the index has of it. */
export interface Difference {
  readonly folderId: string
  readonly scan: Scan
  /** Names that the index does not have, of files that it does not have either. */
  readonly added: readonly Sighting[]
  /** Names of which the index knows or knew another file, or whose file it knows under another name. */
  readonly moved: readonly Sighting[]
  /** Files where they should be, with another content. */
  readonly edited: readonly Sighting[]
  /** What the index has and the disk has not. */
  readonly absent: readonly Known[]
}

/** Compares what was seen in a folder with the index. */
export function difference({ entries }: ServedFolder, folderId: string, scan: Scan): Difference {
  const known = new Map(entries.within(folderId).map((entry) => [entry.name, entry]))
  const awaited = entries.awaitedNames(folderId)
  const added: Sighting[] = []
  const moved: Sighting[] = []
  const edited: Sighting[] = []
  for (const sighting of scan.sightings) {
    const { name, seen } = sighting
    const entry = known.get(name)
    known.delete(name)
    if (!entry && !awaited.has(name) && entries.identified(seen).length === 0) added.push(sighting)
    else if (!entry || !isSame(entry, seen) || entry.isFolder !== seen.isFolder) moved.push(sighting)
    else if (!seen.isFolder && !isUnchanged(entry, seen)) edited.push(sighting)
  }
  return { folderId, scan, added, moved, edited, absent: [...known.values()] }
}

/** Whether something that the index knows is not where it should be in this folder. */
export const hasDisplaced = ({ entries }: ServedFolder, { folderId, moved, absent }: Difference): boolean =>
  absent.length > 0 || moved.some(({ name }) => entries.named(folderId, name) !== undefined)

/**
 * Brings the index up to what was seen in a folder. `isElsewhere` says whether an entry was seen in another folder that
 * has been looked into at the same time. Whether a folder was found that had moved here.
 */
export async function takeOver(
  served: ServedFolder,
  { folderId, scan, added, moved, edited, absent }: Difference,
  isElsewhere: (entry: Entry) => boolean,
): Promise<boolean> {
  const where = { id: folderId, path: scan.path }
  const isMoved = moved.length + absent.length > 0 && settle(served, where, { moved, absent, isElsewhere })
  for (let start = 0; start < added.length; start += slice) {
    if (start > 0) await turn()
    const some = added.slice(start, start + slice)
    served.changeLightly(() => some.forEach(({ name }) => void addEntry(served, where, name)))
  }
  for (const { name } of edited) takeEdit(served, where, name)
  setCompared(served, folderId, scan)
  return isMoved
}

/** Looks again, as all that writes here does: the sighting may be older than a save through this storage. */
function takeEdit(served: ServedFolder, { id, path }: { id: string; path: string }, name: string): void {
  const entry = served.entries.named(id, name)
  const seen = served.disk.see(`${path}/${name}`)
  if (!entry || !seen || !isSame(entry, seen) || isUnchanged(entry, seen)) return
  if (hasKnownContent(entry, seen) === false) takeOutsideChange(served, entry, seen)
  else served.contents.wants(entry.id)
}

/** How coarse the clock of a file system may be, in milliseconds. */
const coarse = 50

/** A folder that has only just changed may change again without its times showing it, so it is compared again. */
function setCompared(served: ServedFolder, folderId: string, { folder }: Scan): void {
  const isFresh = Math.abs(served.now() - folder.mtime) < coarse
  const entry = served.entries.get(folderId)
  const mtime = isFresh ? 0 : folder.mtime
  if (!entry || (entry.mtime === mtime && entry.ctime === folder.ctime)) return
  served.changeLightly(() => served.entries.setCompared(folderId, { ...contentOf(folder), mtime }))
}
