import type { StoredPartition } from '@openwopi/cell-storage'
import type { Store } from '../store.ts'
import type { CellPlace } from './cell-store.ts'
import type { PartitionMemory, SizedPartition } from './partition-memory.ts'

/** A partition as it lies in the database. */
export interface CellRows {
  readonly stored: StoredPartition
  readonly elements: readonly Uint8Array[]
}

/** How often a partition may be replaced while it is read. */
const mostTries = 20

/** What the database has of a partition at one moment, or that it is as it is remembered. `undefined`: nothing. */
export async function readCells(
  store: Pick<Store, 'db'>,
  place: CellPlace,
  memory: Pick<PartitionMemory, 'at'>,
): Promise<CellRows | SizedPartition | undefined> {
  for (let tries = 0; tries < mostTries; tries++) {
    const found = await readOnce(store, place, memory)
    if (found !== 'replaced') return found
  }
  throw new Error(`the cells of ${place.file_id} are replaced all the time`)
}

async function readOnce(
  { db }: Pick<Store, 'db'>,
  { file_id, partition_id }: CellPlace,
  memory: Pick<PartitionMemory, 'at'>,
): Promise<CellRows | SizedPartition | undefined | 'replaced'> {
  const row = await db
    .selectFrom('cell_partitions')
    .selectAll()
    .where('file_id', '=', file_id)
    .where('partition_id', '=', partition_id)
    .executeTakeFirst()
  if (!row) return undefined
  const remembered = memory.at({ file_id, partition_id }, { version: row.version, serialGuid: row.serial_guid })
  if (remembered) return remembered
  // One statement sees one state: the elements are of the version that was read, or there are no rows at all.
  const elements = await db
    .selectFrom('cell_partitions as partition')
    .leftJoin('cell_elements as held', (join) =>
      join.onRef('held.file_id', '=', 'partition.file_id').onRef('held.partition_id', '=', 'partition.partition_id'),
    )
    .select('held.element')
    .where('partition.file_id', '=', file_id)
    .where('partition.partition_id', '=', partition_id)
    .where('partition.version', '=', row.version)
    .where('partition.serial_guid', '=', row.serial_guid)
    .execute()
  if (elements.length === 0) return 'replaced'
  return {
    stored: {
      ...{ version: row.version, serialGuid: row.serial_guid, nextSerial: row.next_serial, source: row.source },
      ...{ storageIndex: row.storage_index, yielding: row.yielding },
      ...{ pending: row.pending, pendingExpiresAt: row.pending_expires_at },
    },
    elements: elements.flatMap(({ element }) => (element ? [element] : [])),
  }
}
