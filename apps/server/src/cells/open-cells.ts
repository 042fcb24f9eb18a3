import { join } from 'node:path'
import {
  type CellStore,
  cellTables,
  type EditorsTables,
  hostCells,
  memoryEditorsTables,
  sqliteCellStore,
} from '@openwopi/cell-storage'
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

/** Opens it. `undefined`: it is not switched on. */
export async function openCells({ config, folder, log, now }: CellsOptions): Promise<OpenedCells | undefined> {
  if (!config.cells) return undefined
  const { storage, locks, versions } = folder
  const { store, editors, close } = await openPlaces(config, folder)
  const cells = hostCells({
    ...{ storage, locks, versions, store, editors, now },
    maxBytes: Math.min(largest, config.maxFileSize ?? largest),
    onError: (error) => log({ level: 'error', event: 'cells', ...causeOf(error) }),
  })
  return { cells, close }
}

interface Places extends Pick<OpenedCells, 'close'> {
  readonly store: CellStore
  readonly editors: EditorsTables
}

/** Where cells are kept: with the files if those are in a database, else in the data folder. */
async function openPlaces({ dataFolder }: CellsOptions['config'], folder: Files): Promise<Places> {
  const { cellStore: store, cellEditors: editors } = folder
  if (store && editors) return { store, editors, close: () => undefined }
  const database = await openDatabase(join(dataFolder, 'cells.db'), [cellTables])
  return { store: sqliteCellStore(database), editors: memoryEditorsTables(), close: () => database.close() }
}
