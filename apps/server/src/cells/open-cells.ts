import { join } from 'node:path'
import { cellTables, hostCells, memoryEditorsTables, sqliteCellStore } from '@openwopi/cell-storage'
import type { Cells } from '@openwopi/host'
import { openDatabase } from '@openwopi/storage-folder/database'
import type { Config } from '../config.ts'
import { causeOf, type Log } from '../log-event.ts'
import type { Files } from '../stored/open-files.ts'

/** Cell storage over the files of a server, and what it keeps of them. */
export interface OpenedCells {
  readonly cells: Cells
  close(): void
}

interface CellsOptions {
  readonly config: Pick<Config, 'cells' | 'dataFolder' | 'maxFileSize'>
  readonly folder: Files
  readonly log: Log
  readonly now: () => number
}

/** The largest file that becomes cells, in bytes: a body carries it in base64, and is read as a whole. */
const largest = 48 * 2 ** 20

/** Refuses what does not go together. Throws with a sentence that says what to do. */
export function checkCells({ cells, database }: Pick<Config, 'cells' | 'database'>): void {
  if (!cells || database === undefined) return
  throw new Error(
    'Cell storage keeps its cells beside a folder of files so far, not in a database: leave out --cells, or --database.',
  )
}

/** Opens it in the data folder. `undefined`: it is not switched on. */
export async function openCells({ config, folder, log, now }: CellsOptions): Promise<OpenedCells | undefined> {
  if (!config.cells) return undefined
  const database = await openDatabase(join(config.dataFolder, 'cells.db'), [cellTables])
  const { storage, locks, versions } = folder
  const cells = hostCells({
    ...{ storage, locks, versions, now },
    store: sqliteCellStore(database),
    editors: memoryEditorsTables(),
    maxBytes: Math.min(largest, config.maxFileSize ?? largest),
    onError: (error) => log({ level: 'error', event: 'cells', ...causeOf(error) }),
  })
  return { cells, close: () => database.close() }
}
