import { type Disk, isSame, type Seen } from './disk.ts'
import type { Entries, Entry } from './entries.ts'

/** Something on disk, and where. */
export interface Found {
  readonly path: string
  readonly seen: Seen
  /** The folder that it is in; of the root, itself. */
  readonly folder: Seen
}

/** An entry that is as the index says, and where it is. */
export interface Present {
  readonly entry: Entry
  readonly found: Found
}

/** Finds what the index knows where the index says it is. */
export interface Places {
  /** `undefined`: it, or a folder above it, is not where the index says. */
  find(entry: Entry): Found | undefined
  findFolder(id: string): Found | undefined
  /** From the root down to the folder itself, as the index knows them. `undefined`: one of them is missing. */
  wayTo(folderId: string): readonly Entry[] | undefined
  /** To be called when a folder has come, gone or moved. */
  forget(): void
}

const longestCache = 20_000
const deepest = 2048

/** Each folder on the way is looked at in every turn of the event loop: a link put in its place leads nowhere. */
export function openPlaces(
  root: string,
  entries: Entries,
  disk: Disk,
  afterThisTurn: (run: () => void) => unknown = setImmediate,
): Places {
  const ways = new Map<string, readonly Entry[]>()
  const seenThisTurn = new Map<string, Found>()

  function wayTo(folderId: string, depth = 0): readonly Entry[] | undefined {
    const known = ways.get(folderId)
    if (known) return known
    const entry = entries.get(folderId)
    // While the index catches up with folders that were moved into each other, it may run in a circle.
    if (entry?.state !== 'here' || !entry.isFolder || depth > deepest) return undefined
    const above = entry.parent === null ? [] : wayTo(entry.parent, depth + 1)
    if (!above) return undefined
    if (ways.size >= longestCache) ways.clear()
    const way = [...above, entry]
    ways.set(folderId, way)
    return way
  }

  function findFolder(id: string): Found | undefined {
    let path = root
    let found: Found | undefined
    for (const step of wayTo(id) ?? []) {
      if (step.parent !== null) path = `${path}/${step.name}`
      const seen = disk.see(path)
      const isThere = seen?.isFolder === 1 && isSame(seen, step)
      if (!isThere && step.parent === null)
        throw new Error(`the folder ${root} is gone, or another one has taken its place`)
      if (!isThere) return undefined
      found = { path, seen, folder: found?.seen ?? seen }
    }
    return found
  }

  /**
   * The folder of a file that is about to be looked at itself. Calls that arrive together look at it once: what has
   * become of the file tells each of them whether the folder is to be looked at again.
   */
  function folderOf(id: string): Found | undefined {
    const known = seenThisTurn.get(id)
    if (known) return known
    const found = findFolder(id)
    if (seenThisTurn.size === 0) afterThisTurn(() => seenThisTurn.clear())
    if (found) seenThisTurn.set(id, found)
    return found
  }

  function find(entry: Entry): Found | undefined {
    if (entry.parent === null) return findFolder(entry.id)
    const folder = folderOf(entry.parent)
    if (!folder) return undefined
    const path = `${folder.path}/${entry.name}`
    const seen = disk.see(path)
    if (!seen || seen.isFolder !== entry.isFolder || !isSame(seen, entry)) return undefined
    return { path, seen, folder: folder.seen }
  }

  return {
    find,
    findFolder,
    wayTo: (folderId) => wayTo(folderId),
    forget() {
      ways.clear()
      seenThisTurn.clear()
    },
  }
}
