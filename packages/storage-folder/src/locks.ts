import type { Lock, Locks } from '@openwopi/host'
import type { Database, SqlValue } from './database.ts'
import { remembered } from './remembered.ts'

/** Tells whether the lock of a file was changed while someone was asked whether they may go on. */
export interface LockWatch {
  hasChanged(): boolean
  end(): void
}

/** Locks in the index, and what the storage needs to know of them. */
export interface IndexLocks {
  readonly locks: Locks
  watch(fileId: string): LockWatch
  /** Ids of the files whose lock binds now. */
  locked(): string[]
  /** Forgets slots that have meant nothing for a month. */
  clear(): void
}

const month = 30 * 24 * 60 * 60_000

/** One row per slot. A swap is one statement, and durable when it returns. */
export function openLocks(database: Database, now: () => number): IndexLocks {
  const slot = database.prepare<{ lock: string }>('SELECT lock FROM locks WHERE file = ?')
  const taking = database.prepare('INSERT INTO locks VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const changing = database.prepare(
    'UPDATE locks SET lock = ?, expiresAt = ?, isReleased = ? WHERE file = ? AND lock = ?',
  )
  const leaving = database.prepare('DELETE FROM locks WHERE file = ? AND lock = ?')
  const live = database.prepare<{ file: string }>('SELECT file FROM locks WHERE expiresAt > ? AND isReleased = 0')
  const present = database.prepare<{ version: number }>(`SELECT version FROM entries WHERE id = ? AND state = 'here'`)
  const old = database.prepare('DELETE FROM locks WHERE expiresAt < ?')
  const watches = new Map<string, Set<() => void>>()
  const held = remembered<Lock>(database, (fileId) => {
    const row = slot.get(fileId)
    return row && JSON.parse(row.lock)
  })

  function swapped(fileId: string, expected: Lock | undefined, next: Lock | undefined): boolean {
    if (!next) return expected ? leaving.run(fileId, canonical(expected)) === 1 : slot.get(fileId) === undefined
    if (!expected) return taking.run(fileId, ...valuesOf(next)) === 1
    return changing.run(...valuesOf(next), fileId, canonical(expected)) === 1
  }

  return {
    locks: {
      read: async (fileId) => held(fileId),
      async swap(fileId, expected, next, file) {
        const isStale = file !== undefined && String(present.get(fileId)?.version) !== file.version
        const isDone = !isStale && swapped(fileId, expected, next)
        if (isDone) for (const tell of watches.get(fileId) ?? []) tell()
        return isDone
      },
    },
    watch(fileId) {
      let changed = false
      const tell = () => {
        changed = true
      }
      const all = watches.get(fileId) ?? new Set()
      watches.set(fileId, all.add(tell))
      return {
        hasChanged: () => changed,
        end() {
          all.delete(tell)
          if (all.size === 0 && watches.get(fileId) === all) watches.delete(fileId)
        },
      }
    },
    locked: () => live.all(now()).map(({ file }) => file),
    clear: () => void old.run(now() - month),
  }
}

const valuesOf = (lock: Lock): [SqlValue, SqlValue, SqlValue] => [
  canonical(lock),
  lock.expiresAt,
  lock.releasedAt === undefined ? 0 : 1,
]

/** JSON in which the order of members makes no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
