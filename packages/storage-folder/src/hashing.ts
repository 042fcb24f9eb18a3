import { setImmediate as turn } from 'node:timers/promises'
import { hashFile } from './content-hash.ts'
import { isUnchanged } from './disk.ts'
import { takeOutsideChange } from './outside-change.ts'
import type { ServedFolder } from './served-folder.ts'

/** Reads files in the background, one at a time: for hashes that are not known, and where only a hash tells of a change. */
export interface Hashing {
  /** Has a file read soon. */
  wants(fileId: string): void
  /** Ends, in the middle of a file too. */
  stop(): Promise<void>
}

const mostWaiting = 1000

/** Hashes what other programs have written to `served`. */
export function openHashing(served: ServedFolder): Hashing {
  const waiting = new Set<string>()
  const stopping = new AbortController()
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    await turn()
    for (const id of waiting) {
      await hash(served, id, stopping.signal).catch((cause) => {
        const path = served.entries.get(id)?.name ?? id
        if (!stopping.signal.aborted) served.observe({ what: 'unreadable', path, cause })
      })
      waiting.delete(id)
    }
    working = undefined
  }

  return {
    wants(id) {
      if (waiting.size < mostWaiting) waiting.add(id)
      working ??= work()
    },
    async stop() {
      waiting.clear()
      stopping.abort()
      await working
    },
  }
}

async function hash(served: ServedFolder, id: string, signal: AbortSignal): Promise<void> {
  const { entries, places, disk, changeLightly } = served
  const before = entries.get(id)
  const found = before?.state === 'here' ? places.find(before) : undefined
  const hashed = found && (await hashFile(disk, found.path, signal))
  const entry = entries.get(id)
  if (!hashed || !entry || !isUnchanged(entry, hashed.seen)) return
  const { sha256, seen } = hashed
  // Size and time are as they were, but the content is not: some programs set the time back.
  if (entry.sha256 !== null && entry.sha256 !== sha256) takeOutsideChange(served, entry, seen, sha256)
  else changeLightly(() => entries.setHash(id, { version: entry.version, sha256, ctime: seen.ctime }))
}
