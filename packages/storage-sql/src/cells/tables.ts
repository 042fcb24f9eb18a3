import type { Engine } from '../engine.ts'

/** A partition of a file's cells: what replaces it does so by its version. */
export interface CellPartitionTable {
  /** The file's, or what stands for one that is not there yet. */
  file_id: string
  partition_id: string
  version: number
  serial_guid: string
  next_serial: number
  storage_index: Uint8Array
  /** The version of the file that the cells are. `null`: they are no file. */
  source: string | null
  /** What has been put in parts, of which the last has not come yet. */
  pending: Uint8Array | null
  pending_expires_at: number | null
  /** JSON. */
  yielding: string | null
  /** When it was made or replaced. */
  changed_at: number
}

/** What a partition is made of. It comes and goes with the row of the partition, in one step. */
export interface CellElementTable {
  file_id: string
  partition_id: string
  element_id: string
  element: Uint8Array
}

/** Who has a file open through its cells. */
export interface CellEditorTable {
  file_id: string
  /** JSON in which the order of members makes no difference. */
  editors: string
  /** Of the last of them. */
  expires_at: number
}

/** What cell storage keeps. */
export interface CellTables {
  cell_partitions: CellPartitionTable
  cell_elements: CellElementTable
  cell_editors: CellEditorTable
}

/** How it is made. */
export const cellTables = (engine: Engine): readonly string[] => [
  ...tables,
  // What cells hold is mostly compressed already.
  ...(engine === 'postgres' ? ['alter table cell_elements alter column element set storage external'] : []),
]

const tables = [
  `create table cell_partitions (
    file_id TEXT not null,
    partition_id TEXT not null,
    version bigint not null,
    serial_guid TEXT not null,
    next_serial bigint not null,
    storage_index BYTES not null,
    source TEXT,
    pending BYTES,
    pending_expires_at bigint,
    yielding TEXT,
    changed_at bigint not null,
    primary key (file_id, partition_id)
  )`,
  'create index cell_partitions_by_age on cell_partitions (changed_at)',
  `create table cell_elements (
    file_id TEXT not null,
    partition_id TEXT not null,
    element_id TEXT not null,
    element BYTES not null,
    primary key (file_id, partition_id, element_id)
  )`,
  'create table cell_editors (file_id TEXT primary key, editors TEXT not null, expires_at bigint not null)',
  'create index cell_editors_by_end on cell_editors (expires_at)',
]
