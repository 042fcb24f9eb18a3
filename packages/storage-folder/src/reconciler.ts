import { setImmediate as turn } from 'node:timers/promises'
import { leaves } from './claims.ts'
import { type Difference, difference, hasDisplaced, takeOver } from './compare.ts'
import { isSame, type Seen } from './disk.ts'
import type { Entry } from './entries.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { type Sighting, scan, slice } from './scan.ts'
import type { ServedFolder } from './served-folder.ts'

/** Keeps the index in step with a disk that other programs change too. */
export interface Reconciler {
  /** Compares a folder with the index if it has changed since it was last compared. */
  refresh(folderId: string): Promise<void>
  /** Compares a folder, and all that have changed if something in it is not where it was. */
  folder(folderId: string): Promise<void>
  /** Compares every folder that has changed. */
  tree(): Promise<void>
  /** Whether what is missing has been looked for within the last second. */
  hasLookedLately(): boolean
  /** Whether everything has been compared at least once. */
  isComplete(): boolean
  /** Ends what is going on. */
  stop(): Promise<void>
}

const lately = 1000

/** How many files in new folders are looked at to find what has moved into them. */
const mostUnknown = 20_000

/** How often folders that were moved into each other are followed. */
const mostRounds = 100

/** Whether a folder is as it was when it was last compared. */
const isCompared = (entry: Entry, seen: Seen) => entry.mtime === seen.mtime && entry.ctime === seen.ctime

/** Keeps the index of `served` in step with the disk. */
export function openReconciler(served: ServedFolder): Reconciler {
  const { entries, places } = served
  const underWay = new Set<Promise<void>>()
  const folders = new Map<string, () => Promise<void>>()
  let lookedAt = Number.NEGATIVE_INFINITY
  let isStopped = false
  let isComplete = false

  async function scanKnown(id: string): Promise<Difference | undefined> {
    const found = places.findFolder(id)
    const seen = found && (await scan(served, found.path))
    return seen && difference(served, id, seen)
  }

  /** Looks into all folders that have changed, but for one. */
  async function changed(except?: string): Promise<Difference[]> {
    const scans: Difference[] = []
    for (const [index, id] of entries.folderIds().entries()) {
      if (isStopped) break
      if (index % slice === slice - 1) await turn()
      const found = id === except ? undefined : places.findFolder(id)
      const entry = entries.get(id)
      if (!found || !entry || isCompared(entry, found.seen)) continue
      const scanned = await scanKnown(id)
      if (scanned) scans.push(scanned)
    }
    lookedAt = served.now()
    return scans
  }

  /** What lies in folders that the index does not have yet. */
  async function inUnknown(scans: readonly Difference[]): Promise<Sighting[]> {
    const isUnknown = ({ seen }: Sighting) => seen.isFolder === 1 && entries.identified(seen).length === 0
    const unknown = scans.flatMap(({ scan }) =>
      scan.sightings.filter(isUnknown).map(({ name }) => `${scan.path}/${name}`),
    )
    const found: Sighting[] = []
    for (const path of unknown) {
      if (found.length > mostUnknown) break
      for (const sighting of (await scan(served, path))?.sightings ?? []) {
        found.push(sighting)
        if (isUnknown(sighting)) unknown.push(`${path}/${sighting.name}`)
      }
    }
    return found
  }

  /** Whether a folder has been found in another place. */
  async function takeOverAll(scans: readonly Difference[]): Promise<boolean> {
    const isDisplaced = scans.some((each) => hasDisplaced(served, each))
    const unknown = isDisplaced ? await inUnknown(scans) : []
    const seenIn = new Map<number, Sighting & { readonly id?: string }>()
    for (const sighting of unknown) seenIn.set(sighting.seen.ino, sighting)
    if (isDisplaced)
      for (const { folderId: id, scan } of scans)
        for (const each of scan.sightings) seenIn.set(each.seen.ino, { ...each, id })

    let isMoved = false
    for (const each of scans)
      if (await takeOver(served, each, (entry) => isElsewhere(entry, each.folderId))) isMoved = true
    return isMoved

    function isElsewhere(entry: Entry, folderId: string): boolean {
      const sighting = seenIn.get(entry.ino)
      if (!sighting || sighting.id === folderId || !isSame(sighting.seen, entry)) return false
      if (leaves(entry, sighting.name)) return false
      // Another name of the same file, which has an id of its own, is no place that this one could have moved to.
      const there = sighting.id === undefined ? undefined : entries.named(sighting.id, sighting.name)
      return !there || there.id === entry.id || !isSame(there, sighting.seen)
    }
  }

  /** Compares folders that have only now become known, and those in them. Whether one was found that had moved. */
  async function compareNew(): Promise<boolean> {
    const done = new Set<string>()
    let isMoved = false
    const next = () => (isStopped ? [] : entries.newFolderIds().filter((id) => !done.has(id)))
    for (let ids = next(); ids.length > 0; ids = next())
      for (const id of ids) {
        done.add(id)
        const scanned = isStopped ? undefined : await scanKnown(id)
        if (scanned && (await takeOverAll([scanned]))) isMoved = true
      }
    return isMoved
  }

  /** What lies in a folder that has moved could not be compared before its new place was known, so that comes next. */
  async function takeOverUntilStill(first: readonly Difference[]): Promise<void> {
    let scans = first
    for (let round = 0; round < mostRounds; round++) {
      const isMoved = await takeOverAll(scans)
      const isNewMoved = await compareNew()
      if (!isMoved && !isNewMoved) return
      scans = await changed()
    }
  }

  async function compare(id: string): Promise<void> {
    const first = await scanKnown(id)
    if (!first) return
    if (!hasDisplaced(served, first)) await takeOverAll([first])
    else await takeOverUntilStill([first, ...(await changed(id))])
  }

  const track = async (work: Promise<void>) => {
    underWay.add(work)
    await work.finally(() => underWay.delete(work))
  }

  const wholeTree = oneAtATime(async () => {
    await takeOverUntilStill(await changed())
    isComplete = !isStopped
  })
  const tree = () => track(wholeTree())

  function folder(id: string): Promise<void> {
    const run = folders.get(id) ?? oneAtATime(() => compare(id).finally(() => folders.delete(id)))
    folders.set(id, run)
    return track(run())
  }

  return {
    tree,
    folder,
    isComplete: () => isComplete,
    hasLookedLately: () => Math.abs(served.now() - lookedAt) < lately,
    async refresh(id) {
      if (!places.findFolder(id)) await tree()
      const found = places.findFolder(id)
      const entry = entries.get(id)
      if (found && entry && !isCompared(entry, found.seen)) await folder(id)
    },
    async stop() {
      isStopped = true
      await Promise.allSettled(underWay)
    },
  }
}
