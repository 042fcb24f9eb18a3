import { setImmediate as turn } from 'node:timers/promises'
import { hashFile } from './content-hash.ts'
import { hasCode, isUnchanged, type Seen } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import { takeOutsideChange } from './outside-change.ts'
import type { Present } from './places.ts'
import type { ServedFolder } from './served-folder.ts'

/** Knows which content files have. They are read only where size, time and inode leave a doubt, and once. */
export interface Contents {
  /** A file with the content that it has now. `undefined`: it is no longer there. */
  current(present: Present): Promise<Present | undefined>
  /** Has a file looked at soon, and read if its hash is not known. */
  wants(fileId: string): void
  /** Ends, in the middle of a file too. */
  stop(): Promise<void>
}

const mostWaiting = 1000

/** How coarse the clock of a file system may be, in milliseconds. */
const coarse = 50

/** How often a file is read again that changes while it is being read. */
const mostReads = 3

/**
 * Whether a file has the content that the index has of it. `undefined`: only reading it tells, for times can be set, and
 * the same bytes can be written again.
 */
export function hasKnownContent(entry: Entry, seen: Seen): boolean | undefined {
  if (isUntouched(entry, seen)) return true
  return entry.size !== seen.size || entry.sha256 === null ? false : undefined
}

/**
 * To be called when a file has come to a name: that changes the last of its times. Where there is no hash to compare,
 * nothing else is taken for the reason.
 */
export function takeArrival({ entries }: Pick<ServedFolder, 'entries'>, entry: Entry, seen: Seen): Entry {
  if (entry.sha256 !== null || !isUnchanged(entry, seen)) return entry
  entries.setCtime(entry.id, seen.ctime)
  return { ...entry, ctime: seen.ctime }
}

const isUntouched = (a: Pick<Seen, 'ino' | 'born' | 'size' | 'mtime' | 'ctime'>, b: Seen): boolean =>
  isUnchanged(a, b) && a.ctime === b.ctime

/** Opens the contents of the files of `served`. */
export function openContents(served: Omit<ServedFolder, 'contents'>): Contents {
  const { entries } = served
  const waiting = new Set<string>()
  const reading = new Map<string, Promise<void>>()
  const fresh = new Set<string>()
  const stopping = new AbortController()
  let working: Promise<void> | undefined

  function wants(id: string): void {
    if (waiting.size < mostWaiting) waiting.add(id)
    working ??= work()
  }

  /** Files are read one at a time. */
  async function work(): Promise<void> {
    await turn()
    for (const id of waiting) {
      await readUnknown(id).catch((cause) => tell(id, cause))
      waiting.delete(id)
    }
    working = undefined
  }

  async function readUnknown(id: string): Promise<void> {
    const entry = entries.get(id)
    const present = entry && presentOf(served, entry)
    const isKnown = present && entry.sha256 !== null && hasKnownContent(entry, present.found.seen)
    if (present && !isKnown) await read(id)
  }

  function tell(id: string, cause: unknown): void {
    if (!stopping.signal.aborted) served.observe({ what: 'unreadable', path: entries.get(id)?.name ?? id, cause })
  }

  /** All who want to know the same wait for one reading. */
  function read(id: string): Promise<void> {
    const underWay = reading.get(id) ?? compareOnce(id).finally(() => reading.delete(id))
    reading.set(id, underWay)
    return underWay
  }

  /** What was read so soon after a change may change again without its times showing it, so it is read again. */
  async function compareOnce(id: string): Promise<void> {
    await compare(served, id, stopping.signal)
    const changedAt = entries.get(id)?.ctime ?? 0
    if (Math.abs(served.now() - changedAt) >= coarse) return void fresh.delete(id)
    if (fresh.size >= mostWaiting) fresh.clear()
    fresh.add(id)
  }

  return {
    wants,
    async current(present) {
      const { entry, found } = present
      const isKnown = hasKnownContent(entry, found.seen)
      if (entry.sha256 === null || isKnown === false) wants(entry.id)
      if (isKnown && !fresh.has(entry.id)) return present
      if (isKnown === false) return { found, entry: takeOutsideChange(served, entry, found.seen) }
      await read(entry.id)
      const now = entries.get(entry.id)
      return now && presentOf(served, now)
    },
    async stop() {
      waiting.clear()
      stopping.abort()
      await working
    },
  }
}

type Indexed = Omit<ServedFolder, 'contents'>

function presentOf({ places }: Indexed, entry: Entry): Present | undefined {
  const found = entry.state === 'here' ? places.find(entry) : undefined
  return found && { entry, found }
}

/** Reads a file and takes note of what it is. One that never stands still, or cannot be read, has changed. */
async function compare(served: Indexed, id: string, signal: AbortSignal): Promise<void> {
  const look = () => {
    const entry = served.entries.get(id)
    return entry && presentOf(served, entry)
  }
  for (let reads = 0; reads < mostReads; reads++) {
    const path = look()?.found.path
    const hashed = path === undefined ? undefined : await tryHash(served, path, signal)
    const now = look()
    if (!now) return
    if (hashed && isUntouched(hashed.seen, now.found.seen)) return take(served, now.entry, hashed)
  }
  const now = look()
  if (now && !hasKnownContent(now.entry, now.found.seen)) takeOutsideChange(served, now.entry, now.found.seen)
}

async function tryHash({ disk, observe }: Indexed, path: string, signal: AbortSignal) {
  try {
    return await hashFile(disk, path, signal)
  } catch (cause) {
    signal.throwIfAborted()
    if (!hasCode(cause, 'ENOENT', 'ENOTDIR', 'ELOOP')) observe({ what: 'unreadable', path, cause })
    return undefined
  }
}

/** The same bytes stay the same version, whatever else has changed. What was never read has only its size and times. */
function take(served: Indexed, entry: Entry, { sha256, seen }: { sha256: string; seen: Seen }): void {
  const { entries, changeLightly } = served
  const isSame = entry.sha256 === null ? isUntouched(entry, seen) : entry.sha256 === sha256
  if (isSame) changeLightly(() => entries.setContent(entry.id, { ...entry, ...contentOf(seen), sha256 }))
  else takeOutsideChange(served, entry, seen, sha256)
}
