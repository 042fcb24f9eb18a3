import type { Editor, EditorsTables } from '@openwopi/cell-storage'
import { persistently } from '../atomically.ts'
import { canonical } from '../canonical.ts'
import type { Db, Store } from '../store.ts'
import { fileKey } from './key.ts'

/** Who has files open, in a database. A swap is one statement. */
export function openEditorsTables({ db }: Pick<Store, 'db'>): EditorsTables {
  return {
    async read(file) {
      const row = await rowOf(db, fileKey(file))
      return row ? JSON.parse(row.editors) : []
    },
    swap: (file, expected, next) => persistently(() => swap(db, fileKey(file), { expected, next })),
  }
}

const rowOf = (db: Db, fileId: string) =>
  db.selectFrom('cell_editors').select('editors').where('file_id', '=', fileId).executeTakeFirst()

interface Swap {
  readonly expected: readonly Editor[]
  readonly next: readonly Editor[]
}

async function swap(db: Db, fileId: string, { expected, next }: Swap): Promise<boolean> {
  const before = canonical(expected)
  const columns = {
    editors: canonical(next),
    expires_at: Math.max(0, ...next.map(({ expiresAt }) => expiresAt)),
  }
  if (expected.length === 0) {
    // Nobody is in no table.
    if (next.length === 0) return !(await rowOf(db, fileId))
    const added = db.insertInto('cell_editors').values({ file_id: fileId, ...columns })
    const { numInsertedOrUpdatedRows } = await added.onConflict((row) => row.doNothing()).executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }
  if (next.length === 0) {
    const left = db.deleteFrom('cell_editors').where('file_id', '=', fileId).where('editors', '=', before)
    return (await left.executeTakeFirst()).numDeletedRows === 1n
  }
  const changed = db.updateTable('cell_editors').set(columns).where('file_id', '=', fileId)
  return (await changed.where('editors', '=', before).executeTakeFirst()).numUpdatedRows === 1n
}
