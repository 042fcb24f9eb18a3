import type { Lock, Locks, StoredFile } from '@openwopi/host'
import { sql } from 'kysely'
import { persistently } from './atomically.ts'
import { canonical } from './canonical.ts'
import { lockOf } from './entries.ts'
import { isKey } from './names.ts'
import type { ReadMemory } from './read-memory.ts'
import type { Store } from './store.ts'
import { fileKind, here } from './tables.ts'

/** Locks in the rows of their files. A swap is one statement, and durable when it returns. */
export function openLocks({ db }: Store, memory: ReadMemory): Locks {
  const slotOf = (fileId: string) =>
    db
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
      const change = db
        .updateTable('entries')
        .set({ ...columnsOf(next), lock_revision: sql`lock_revision + 1` })
        .where('id', '=', fileId)
        .where('kind', '=', fileKind)
        .where('state', '=', here)
        .$if(file !== undefined, (change) => change.where('version', '=', file?.version ?? ''))
      const guarded = expected ? change.where('lock', '=', canonical(expected)) : change.where('lock', 'is', null)
      const { numUpdatedRows } = await persistently(() => guarded.executeTakeFirst())
      return numUpdatedRows === 1n
    },
  }
}

const columnsOf = (lock: Lock | undefined) => ({
  lock: lock ? canonical(lock) : null,
  lock_expires_at: lock?.expiresAt ?? 0,
  is_locked: lock && lock.releasedAt === undefined ? 1 : 0,
})
