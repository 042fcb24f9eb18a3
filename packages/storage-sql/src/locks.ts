import type { Lock, Locks, StoredFile } from '@openwopi/host'
import { sql } from 'kysely'
import { persistently } from './atomically.ts'
import { canonical } from './canonical.ts'
import { compileOnce } from './compile-once.ts'
import { lockOf } from './entries.ts'
import { isKey } from './names.ts'
import type { ReadMemory } from './read-memory.ts'
import type { Store } from './store.ts'
import { fileKind, here } from './tables.ts'

/** Locks in the rows of their files. A swap is one statement, and durable when it returns. */
export function openLocks(store: Store, memory: ReadMemory): Locks {
  const slotOf = (fileId: string) =>
    store.db
      .selectFrom('entries')
      .select('lock')
      .where('id', '=', fileId)
      .where('kind', '=', fileKind)
      .where('state', '=', here)
      .executeTakeFirst()

  return {
    async read(fileId: string, file?: StoredFile) {
      const known = file && memory.slotOf(file)
      if (known) return known.lock
      const row = isKey(fileId) ? await slotOf(fileId) : undefined
      return row && lockOf(row)
    },
    async swap(fileId, expected, next, file) {
      if (!isKey(fileId)) return false
      const swap = swaps[expected ? 'held' : 'empty'][file ? 'atVersion' : 'atAny']
      const guards = { id: fileId, expected: expected ? canonical(expected) : '', version: file?.version ?? '' }
      const { numAffectedRows } = await persistently(() => swap.alone(store, { ...guards, ...columnsOf(next) }))
      return numAffectedRows === 1n
    },
  }
}

interface Swap extends ReturnType<typeof columnsOf> {
  readonly id: string
  /** What the slot is to hold. */
  readonly expected: string
  /** What the file is to be at. */
  readonly version: string
}

const swapped = (from: 'held' | 'empty', file: 'atVersion' | 'atAny') =>
  compileOnce(
    ['id', 'expected', 'version', 'lock', 'lock_expires_at', 'is_locked'],
    (db, { id, expected, version, ...columns }: Swap) => {
      const change = db
        .updateTable('entries')
        .set({ ...columns, lock_revision: sql`lock_revision + 1` })
        .where('id', '=', id)
        .where('kind', '=', fileKind)
        .where('state', '=', here)
      const guarded = from === 'held' ? change.where('lock', '=', expected) : change.where('lock', 'is', null)
      return file === 'atVersion' ? guarded.where('version', '=', version) : guarded
    },
  )

const swaps = {
  held: { atVersion: swapped('held', 'atVersion'), atAny: swapped('held', 'atAny') },
  empty: { atVersion: swapped('empty', 'atVersion'), atAny: swapped('empty', 'atAny') },
}

const columnsOf = (lock: Lock | undefined) => ({
  lock: lock ? canonical(lock) : null,
  lock_expires_at: lock?.expiresAt ?? 0,
  is_locked: lock && lock.releasedAt === undefined ? 1 : 0,
})
