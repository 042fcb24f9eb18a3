import type { Containers, PageRequest } from '@openwopi/host'
import { sql } from 'kysely'
import { type Entry, toContainer } from './entries.ts'
import { isKey } from './names.ts'
import { type Cursor, fromCursor, keyOf, toCursor } from './page-cursor.ts'
import type { Store } from './store.ts'
import { fileKind, folderKind, here } from './tables.ts'
import type { Writing } from './write-file.ts'

/** However many are asked for, a page holds no more. */
const mostRows = 1000

/** Lists a folder in pages. Folders come first, and have no order but that of their names. */
export function openChildren({ store, memory }: Writing): Containers['children'] {
  return async (id, request) => {
    if (!isKey(id)) return { containers: [], files: [], total: 0 }
    const cursor = request.after === undefined ? undefined : fromCursor(request.after, request)
    const limit = Math.min(mostRows, Math.max(1, Math.floor(request.limit)))
    const stretch = (kind: number) => rowsOf(store, { id, kind, request, cursor, limit: limit + 1 })
    const folders = cursor?.kind === fileKind ? [] : await stretch(folderKind)
    const files = folders.length > limit ? [] : await stretch(fileKind)
    const all = [...folders, ...files]
    const rows = all.slice(0, limit)
    const last = rows.at(-1)
    return {
      containers: rows.filter(({ kind }) => kind === folderKind).map(toContainer),
      files: rows.filter(({ kind }) => kind === fileKind).map((row) => memory.file(row)),
      ...(all.length > limit && last && { next: toCursor(last, request) }),
      total: await totalOf(store, id),
    }
  }
}

async function totalOf({ db }: Store, id: string): Promise<number> {
  const row = await db
    .selectFrom('entries')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('parent_id', '=', id)
    .where('state', '=', sql.lit(here))
    .executeTakeFirst()
  return row?.total ?? 0
}

interface Stretch {
  readonly id: string
  readonly kind: number
  readonly request: PageRequest
  readonly cursor: Cursor | undefined
  readonly limit: number
}

/** The conditions are spelt as those of the indexes are: only so does the database see that an index holds all it needs. */
function rowsOf({ db }: Store, { id, kind, request, cursor, limit }: Stretch): Promise<Entry[]> {
  const key = keyOf(kind, request)
  const order = request.descending ? 'desc' : 'asc'
  const rows = db
    .selectFrom('entries')
    .selectAll()
    .where('parent_id', '=', id)
    .where('kind', '=', sql.lit(kind))
    .where('state', '=', sql.lit(here))
    .orderBy(key, order)
    .orderBy('name', order)
    .limit(limit)
  if (cursor?.kind !== kind) return rows.execute()
  const beyond = request.descending ? '<' : '>'
  return rows
    .where(({ eb, refTuple, tuple }) => eb(refTuple(key, 'name'), beyond, tuple(cursor.key, cursor.name)))
    .execute()
}
