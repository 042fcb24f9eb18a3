import { join } from 'node:path'
import { type CellStore, type EditorsTables, hostCells } from '@openwopi/cell-storage'
import { cuttingThread } from '@openwopi/cell-storage/node'
import type { Cells } from '@openwopi/host'
import { sqliteCells } from '@openwopi/storage-sql'
import type { Config } from '../config.ts'
import { causeOf, type Log } from '../log-event.ts'
import type { Files } from '../stored/open-files.ts'

/** Cell storage over the files of a server, and what it keeps of them. */
export interface OpenedCells {
  readonly cells: Cells
  close(): Promise<void>
}

interface CellsOptions {
  readonly config: Pick<Config, 'cells' | 'cellsMemory' | 'dataFolder' | 'maxFileSize'>
  readonly folder: Files
  readonly log: Log
  readonly now: () => number
}

/** The largest file that becomes cells, in bytes: it is in memory as a whole while it does. */
const largest = 128 * 2 ** 20

/** Opens it. `undefined`: it is not switched on. */
export async function openCells({ config, folder, log, now }: CellsOptions): Promise<OpenedCells | undefined> {
  if (!config.cells) return undefined
  const { storage, locks, versions } = folder
  const { store, editors, close } = await openPlaces({ config, folder, log, now })
  const thread = cuttingThread()
  const cells = hostCells({
    ...{ storage, locks, versions, store, editors, cut: thread.cut, now },
    // Those that the protocol knows are of services of Microsoft's, which this server has not.
    properties: async () => ({}),
    ...(config.cellsMemory !== undefined && { memory: config.cellsMemory }),
    maxBytes: Math.min(largest, config.maxFileSize ?? largest),
    onError: (error) => log({ level: 'error', event: 'cells', ...causeOf(error) }),
  })
  return {
    cells,
    async close() {
      await thread.close()
      await close()
    },
  }
}

interface Places extends Pick<OpenedCells, 'close'> {
  readonly store: CellStore
  readonly editors: EditorsTables
}

/** How often what is no longer needed is looked for, in milliseconds. */
const sweepEvery = 60 * 60_000

/** Where cells are kept: with the files if those are in a database, else in the data folder. */
async function openPlaces({ config, folder, log, now }: CellsOptions): Promise<Places> {
  const { cellStore: store, cellEditors: editors } = folder
  if (store && editors) return { store, editors, close: async () => undefined }
  const exists = async (id: string) => (await folder.storage.find(id)) !== undefined
  const kept = await sqliteCells({ path: join(config.dataFolder, 'cells.db'), exists, now })
  let sweeping: Promise<unknown> = Promise.resolve()
  const sweep = () => {
    sweeping = kept.sweep().catch((error: unknown) => log({ level: 'warn', event: 'not swept', ...causeOf(error) }))
  }
  const timer = setInterval(sweep, sweepEvery).unref()
  return {
    ...kept,
    async close() {
      clearInterval(timer)
      await sweeping
      await kept.close()
    },
  }
}
