import { mkdirSync, renameSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { isSame, isUnchanged, type Seen } from './disk.ts'
import { keptPath } from './kept-content.ts'
import type { ServedFolder } from './served-folder.ts'

/**
 * What is about to be renamed into place. The index says first what is to be, and then it is done: a start after a crash
 * finishes what is noted here.
 */
export interface Publishing {
  note(file: string, source: string, before: Seen): void
  strike(file: string, source: string): void
  /** Finishes what a crash has left undone. */
  finish(): void
}

interface Row {
  readonly file: string
  readonly source: string
  readonly ino: number
  readonly born: number
  readonly size: number
  readonly mtime: number
}

/** Opens the notes in the index of `served`. */
export function openPublishing(served: ServedFolder): Publishing {
  const { database, data, root } = served
  const insertion = database.prepare('INSERT OR REPLACE INTO publishing VALUES (?, ?, ?, ?, ?, ?)')
  const deletion = database.prepare('DELETE FROM publishing WHERE file = ? AND source = ?')
  const all = database.prepare<Row>('SELECT * FROM publishing')
  const toNote = (path: string) =>
    path.startsWith(data.path + sep) ? `data:${relative(data.path, path)}` : `root:${relative(root, path)}`
  const toPath = (note: string) => join(note.startsWith('data:') ? data.path : root, note.slice(5))

  return {
    note: (file, source, { ino, born, size, mtime }) =>
      void insertion.run(file, toNote(source), ino, born, size, mtime),
    strike: (file, source) => void deletion.run(file, toNote(source)),
    finish() {
      const rows = all.all()
      for (const row of rows) finishOne(served, row, toPath(row.source))
      if (rows.length > 0) served.change(() => rows.forEach(({ file, source }) => void deletion.run(file, source)))
    },
  }
}

/** Where the file has been changed by another program meanwhile, that stays, and what was to replace it becomes a version. */
function finishOne(served: ServedFolder, row: Row, source: string): void {
  const { entries, places, disk, data, observe } = served
  const entry = entries.get(row.file)
  const seen = disk.see(source)
  if (!entry || !seen || !isSame(seen, entry)) return
  const folder = entry.parent === null || entry.state !== 'here' ? undefined : places.findFolder(entry.parent)
  const target = folder && join(folder.path, entry.name)
  const before = target === undefined ? undefined : disk.see(target)
  const isAsItWas = target !== undefined && before !== undefined && isUnchanged(before, row)
  const kept = keptPath(data, entry.id, entry.version)
  if (!isAsItWas) mkdirSync(dirname(kept), { recursive: true, mode: 0o700 })
  renameSync(source, isAsItWas ? target : kept)
  observe({ what: 'cleaned up', path: isAsItWas ? target : basename(source) })
}
