import type { Entry } from './entries.ts'
import { folded } from './names.ts'
import type { Reconciler } from './reconciler.ts'
import type { ServedFolder } from './served-folder.ts'

/** A file or folder that a search has found. */
export interface SearchResult {
  readonly id: string
  readonly name: string
  readonly kind: 'file' | 'folder'
  /** The names of the folders it is in, from the top down. Empty: it lies in the served folder itself. */
  readonly path: readonly string[]
}

/** Files and folders whose names contain a text, ignoring case and accents. */
export function openSearch({ database, entries, places, makeDurable }: ServedFolder, reconciler: Reconciler) {
  const named = database.prepare<Pick<Entry, 'id'>>(
    `SELECT id FROM entries WHERE state = 'here' AND parent IS NOT NULL AND instr(folded, ?) > 0
     ORDER BY length(folded), folded, name LIMIT ?`,
  )

  return async (text: string, limit: number): Promise<readonly SearchResult[]> => {
    if (folded(text) === '' || !(limit > 0)) return []
    // While the folder is indexed for the first time, the answer is what is known by now.
    if (reconciler.isComplete() && !reconciler.hasLookedLately()) await reconciler.tree()
    const results: SearchResult[] = []
    // What lies in a folder that is missing is found by name, but is not there.
    for (const { id } of named.all(folded(text), Math.min(1000, limit) * 2)) {
      const entry = entries.get(id)
      const way = entry?.parent ? places.wayTo(entry.parent) : undefined
      if (!entry || !way || results.length >= limit || !places.find(entry)) continue
      const path = way.slice(1).map(({ name }) => name)
      results.push({ id, name: entry.name, kind: entry.isFolder ? 'folder' : 'file', path })
    }
    makeDurable()
    return results
  }
}
