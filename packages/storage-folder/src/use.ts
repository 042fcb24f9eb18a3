import type { Database } from './database.ts'
import type { Ledger } from './ledger.ts'

/** What files are used for through this storage. */
export interface Use {
  /** Notes that a file has been read. */
  opened(fileId: string): void
  isLocked(fileId: string): boolean
  /** Whether it was ever saved, locked or, since this process began, opened. */
  isUsed(fileId: string): boolean
}

const mostOpened = 10_000

/** Opens what the index knows of the use of files. */
export function openUse(database: Database, ledger: Ledger, now: () => number): Use {
  const slot = database.prepare<{ expiresAt: number; isReleased: number }>(
    'SELECT expiresAt, isReleased FROM locks WHERE file = ?',
  )
  const opened = new Set<string>()
  return {
    opened(id) {
      if (opened.size >= mostOpened) opened.clear()
      opened.add(id)
    },
    isLocked(id) {
      const lock = slot.get(id)
      return lock !== undefined && !lock.isReleased && lock.expiresAt > now()
    },
    isUsed: (id) => opened.has(id) || slot.get(id) !== undefined || ledger.of(id).length > 0,
  }
}
