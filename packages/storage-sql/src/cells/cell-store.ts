import { type CellStore, fromStored, type Partition, type PartitionPlace, toStored } from '@openwopi/cell-storage'
import { atomically } from '../atomically.ts'
import type { Store, Trx } from '../store.ts'
import { addElements, dropElements, keepElements, type Writing } from './elements.ts'
import { fileKey } from './key.ts'
import { partitionMemory } from './partition-memory.ts'
import { readCells } from './read-cells.ts'

/** Where a partition is, by the columns that say so. */
export interface CellPlace {
  readonly file_id: string
  readonly partition_id: string
}

const placeOf = ({ file, partition }: PartitionPlace): CellPlace => ({
  file_id: fileKey(file),
  partition_id: partition,
})

/** The cells of files in a database, where each partition is replaced in one step. */
export function openCellStore(
  store: Pick<Store, 'db' | 'now'>,
  afterThisTurn: (run: () => void) => unknown = setImmediate,
): CellStore {
  const memory = partitionMemory()
  const turn = () => new Promise<void>((resolve) => void afterThisTurn(resolve))
  return {
    async read(which) {
      const place = placeOf(which)
      const found = await readCells(store, place, memory)
      if (!found || 'partition' in found) return found?.partition
      const partition = fromStored(found.stored, found.elements)
      memory.keep(place, { partition, size: found.elements.reduce((size, { byteLength }) => size + byteLength, 0) })
      return partition
    },
    async swap(which, from, to) {
      const place = placeOf(which)
      const added = await atomically(store, (trx) => replace({ trx, turn, now: store.now() }, place, { from, to }))
      if (added === undefined) return false
      // What has gone is not taken off: what is read anew is measured.
      const before = from?.serialGuid === to.serialGuid ? memory.at(place, from)?.size : 0
      if (before === undefined) memory.forget(place.file_id)
      else memory.keep(place, { partition: to, size: before + added })
      return true
    },
    async forget({ file, partition }) {
      const fileId = fileKey(file)
      memory.forget(fileId)
      await atomically(store, (trx) => forgetCells(trx, fileId, partition))
    },
  }
}

interface Replacement {
  readonly from: Partition | undefined
  readonly to: Partition
}

/** How many bytes were added. `undefined`: it is no longer as it was, and stays so. */
async function replace(
  { now, ...writing }: Writing & { readonly now: number },
  place: CellPlace,
  { from, to }: Replacement,
): Promise<number | undefined> {
  const { trx } = writing
  const columns = { ...columnsOf(to), changed_at: now }
  if (!(await (from ? update(trx, place, { from, columns }) : insert(trx, { ...place, ...columns })))) return undefined
  // Elements never change, so one that is there stays as it is, unless the partition has begun anew.
  if (from?.serialGuid === to.serialGuid) return keepElements(writing, place, to.elements)
  await dropElements(trx, place)
  return addElements(writing, place, [...to.elements.values()])
}

type Columns = ReturnType<typeof columnsOf> & { readonly changed_at: number }

const columnsOf = (partition: Partition) => {
  const stored = toStored(partition)
  return {
    version: stored.version,
    serial_guid: stored.serialGuid,
    next_serial: stored.nextSerial,
    storage_index: stored.storageIndex,
    source: stored.source,
    pending: stored.pending,
    pending_expires_at: stored.pendingExpiresAt,
    yielding: stored.yielding,
  }
}

async function insert(trx: Trx, row: CellPlace & Columns): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('cell_partitions')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

async function update(
  trx: Trx,
  { file_id, partition_id }: CellPlace,
  { from, columns }: { readonly from: Partition; readonly columns: Columns },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('cell_partitions')
    .set(columns)
    .where('file_id', '=', file_id)
    .where('partition_id', '=', partition_id)
    .where('version', '=', from.version)
    .where('serial_guid', '=', from.serialGuid)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Forgets the cells of a file, as part of something else. `partition` left out: all of them. */
export async function forgetCells(trx: Trx, fileId: string, partition?: string): Promise<void> {
  // The partition first: who replaces it meanwhile waits for that, and finds nothing to replace.
  let partitions = trx.deleteFrom('cell_partitions').where('file_id', '=', fileId)
  let elements = trx.deleteFrom('cell_elements').where('file_id', '=', fileId)
  if (partition !== undefined) {
    partitions = partitions.where('partition_id', '=', partition)
    elements = elements.where('partition_id', '=', partition)
  }
  await partitions.execute()
  await elements.execute()
}
