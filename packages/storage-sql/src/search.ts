import { sql } from 'kysely'
import { folded } from './names.ts'
import type { Store } from './store.ts'
import { folderKind, here } from './tables.ts'
import { wayTo } from './way-to.ts'

/** A file or folder that a search has found. */
export interface SearchResult {
  readonly id: string
  readonly name: string
  readonly kind: 'file' | 'folder'
  /** The names of the folders it is in, from the top down. Empty: it lies in the uppermost folder itself. */
  readonly path: readonly string[]
}

/** Files and folders whose names contain a text, ignoring case and accents. */
export async function search(store: Store, text: string, limit: number): Promise<readonly SearchResult[]> {
  const wanted = folded(text)
  if (wanted === '' || wanted.includes('\0') || !(limit > 0)) return []
  const rows = await store.db
    .selectFrom('entries')
    .select(['id', 'name', 'kind', 'parent_id'])
    .where('state', '=', sql.lit(here))
    .where('parent_id', 'is not', null)
    .where(sql<boolean>`sort_key like ${`%${escaped(wanted)}%`} escape '\\'`)
    .orderBy(sql`length(sort_key)`)
    .orderBy('sort_key')
    .orderBy('name')
    .limit(Math.min(1000, limit))
    .execute()
  const ways = new Map<string, readonly string[]>()
  for (const { parent_id } of rows)
    if (parent_id !== null && !ways.has(parent_id))
      ways.set(
        parent_id,
        (await wayTo(store, parent_id)).slice(1).map(({ name }) => name),
      )
  return rows.map(({ id, name, kind, parent_id }) => ({
    ...{ id, name, kind: kind === folderKind ? 'folder' : 'file' },
    path: ways.get(parent_id ?? '') ?? [],
  }))
}

/** A text in which no character stands for others. */
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
