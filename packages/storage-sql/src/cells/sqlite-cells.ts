import type { CellStore, EditorsTables } from '@openwopi/cell-storage'
import { connectTo, migrate } from '../connect.ts'
import { cellMigrations } from '../schema.ts'
import type { Tables } from '../tables.ts'
import { openCellStore } from './cell-store.ts'
import { openEditorsTables } from './editors-tables.ts'
import { sweepCells } from './sweep-cells.ts'

/** Where cells are kept by themselves, and what is known of the files that they are of. */
export interface SqliteCellsOptions {
  /** The file of the SQLite database, which is made if it is not there. */
  readonly path: string
  /** Whether there is a file of an id, wherever files are kept. */
  readonly exists: (file: string) => Promise<boolean>
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** The cells of files that lie elsewhere, such as in a folder. */
export interface SqliteCells {
  readonly store: CellStore
  readonly editors: EditorsTables
  /** Forgets cells of files that are gone, and those that can be made anew and have not changed for a week. */
  sweep(): Promise<void>
  close(): Promise<void>
}

/** Opens an SQLite database in which there is nothing but cells, and brings its tables up to date. */
export async function sqliteCells({ path, exists, now = Date.now }: SqliteCellsOptions): Promise<SqliteCells> {
  const { db, engine } = connectTo<Tables>(`sqlite:${path}`)
  try {
    await migrate(db, cellMigrations(engine), 'cells')
  } catch (error) {
    await db.destroy()
    throw error
  }
  const kept = { db, now }
  return {
    store: openCellStore(kept),
    editors: openEditorsTables(kept),
    sweep: () => sweepCells(kept, exists),
    close: () => db.destroy(),
  }
}
