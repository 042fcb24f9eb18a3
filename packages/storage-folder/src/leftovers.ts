import { rmSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { DataFolder } from './data-folder.ts'
import type { Database } from './database.ts'
import { statsOf } from './disk.ts'

/** Names on disk that are to go. Nothing else is ever deleted: what is not noted here stays. */
export interface Leftovers {
  /** Notes a path. `twinOf`: it is a second name of this inode, and goes only if that has another one. */
  note(path: string, twinOf?: number): void
  /** Takes the note away: the path is gone, or is to stay. */
  strike(path: string): void
  /** Deletes what is noted, and says what that was. */
  clear(): string[]
}

interface Row {
  readonly path: string
  readonly twinOf: number | null
}

/** Paths are kept relative to the folder or the data folder, so that a copy of both never reaches into the original. */
export function openLeftovers(database: Database, root: string, data: DataFolder): Leftovers {
  const insertion = database.prepare('INSERT OR REPLACE INTO leftovers VALUES (?, ?)')
  const deletion = database.prepare('DELETE FROM leftovers WHERE path = ?')
  const all = database.prepare<Row>('SELECT * FROM leftovers')
  const toNote = (path: string) =>
    path.startsWith(data.path + sep) ? `data:${relative(data.path, path)}` : `root:${relative(root, path)}`
  const toPath = (note: string) => join(note.startsWith('data:') ? data.path : root, note.slice(5))

  const isToGo = ({ path, twinOf }: Row) => {
    if (twinOf === null) return true
    const stats = statsOf(toPath(path))
    return stats?.isFile() === true && stats.ino === twinOf && stats.nlink > 1
  }

  return {
    note: (path, twinOf) => void insertion.run(toNote(path), twinOf ?? null),
    strike: (path) => void deletion.run(toNote(path)),
    clear() {
      const rows = all.all()
      const gone = rows.filter(isToGo).map(({ path }) => toPath(path))
      for (const path of gone) rmSync(path, { recursive: true, force: true })
      if (rows.length > 0) database.transaction(() => rows.forEach(({ path }) => void deletion.run(path)))
      return gone
    },
  }
}
