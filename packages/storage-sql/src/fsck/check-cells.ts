import { filePlaces, fromStored, isEmpty } from '@openwopi/cell-storage'
import { atomically } from '../atomically.ts'
import { type CellPlace, forgetCells } from '../cells/cell-store.ts'
import { type CellRows, readCells } from '../cells/read-cells.ts'
import type { Checking, Fault } from './fault.ts'
import { pathOf } from './versions-to-check.ts'

/** Whether the cells of files can be read, and those that are a file are one. */
export async function* checkCells({ store, repairs }: Checking): AsyncGenerator<Fault> {
  const places = await store.db.selectFrom('cell_partitions').select(['file_id', 'partition_id']).execute()
  for (const place of places) {
    const rows = await readCells(store, place, nothing)
    if (!rows || 'partition' in rows || areWhole(rows)) continue
    if (repairs) await forget(store, place)
    const path = await pathOf(store, place.file_id)
    yield { what: 'cells damaged', path, fileId: place.file_id, repair: repairs ? 'done' : 'possible' }
  }
}

/** A memory of nothing: what lies in the database is what counts. */
const nothing = { at: () => undefined }

function areWhole({ stored, elements }: CellRows): boolean {
  try {
    const partition = fromStored(stored, elements)
    if (partition.source !== undefined && !isEmpty(partition)) filePlaces(partition)
    return true
  } catch {
    // What reads them only ever throws for what they are: the database has answered before.
    return false
  }
}

const forget = (store: Checking['store'], { file_id, partition_id }: CellPlace): Promise<void> =>
  atomically(store, (trx) => forgetCells(trx, file_id, partition_id))
