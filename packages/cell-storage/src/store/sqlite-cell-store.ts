import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import { elementBytes } from '../objects/write-element.ts'
import type { CellStore } from './cell-store.ts'
import type { Partition, PartitionPlace } from './partition.ts'
import { fromStored, toStored } from './stored-partition.ts'

/** What a value in SQLite is. */
type SqlValue = string | number | null | Uint8Array

/** What this needs of an SQLite database: synchronous calls, and transactions that are on disk when they are done. */
export interface SqlDatabase {
  exec(sql: string): void
  prepare<Row>(sql: string): {
    run(...values: SqlValue[]): number
    get(...values: SqlValue[]): Row | undefined
    all(...values: SqlValue[]): Row[]
  }
  transaction<T>(work: () => T): T
}

/** The tables, to be made by who owns the database. */
export const cellTables = `
  CREATE TABLE cell_partitions (
    file TEXT NOT NULL,
    partition TEXT NOT NULL,
    version INTEGER NOT NULL,
    serial_guid TEXT NOT NULL,
    next_serial INTEGER NOT NULL,
    storage_index BLOB NOT NULL,
    source TEXT,
    pending BLOB,
    pending_expires_at INTEGER,
    yielding TEXT,
    PRIMARY KEY (file, partition)
  ) WITHOUT ROWID;
  CREATE TABLE cell_elements (
    file TEXT NOT NULL,
    partition TEXT NOT NULL,
    id TEXT NOT NULL,
    element BLOB NOT NULL,
    PRIMARY KEY (file, partition, id),
    FOREIGN KEY (file, partition) REFERENCES cell_partitions ON DELETE CASCADE
  );
`

interface PartitionRow {
  readonly version: number
  readonly serial_guid: string
  readonly next_serial: number
  readonly storage_index: Uint8Array
  readonly source: string | null
  readonly pending: Uint8Array | null
  readonly pending_expires_at: number | null
  /** JSON. */
  readonly yielding: string | null
}

function columnsOf(partition: Partition): SqlValue[] {
  const { version, serialGuid, nextSerial, storageIndex, source, ...rest } = toStored(partition)
  return [version, serialGuid, nextSerial, storageIndex, source, rest.pending, rest.pendingExpiresAt, rest.yielding]
}

/** A store of cells in an SQLite database that has `cellTables`. */
export function sqliteCellStore(database: SqlDatabase): CellStore {
  const partition = database.prepare<PartitionRow>('SELECT * FROM cell_partitions WHERE file = ? AND partition = ?')
  const elements = database.prepare<{ readonly element: Uint8Array }>(
    'SELECT element FROM cell_elements WHERE file = ? AND partition = ?',
  )
  const ids = database.prepare<{ readonly id: ExtendedGuid }>(
    'SELECT id FROM cell_elements WHERE file = ? AND partition = ?',
  )
  const replace = database.prepare(`
    INSERT INTO cell_partitions
      (file, partition, version, serial_guid, next_serial, storage_index, source, pending, pending_expires_at, yielding)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (file, partition) DO UPDATE SET version = excluded.version, serial_guid = excluded.serial_guid,
      next_serial = excluded.next_serial, storage_index = excluded.storage_index, source = excluded.source,
      pending = excluded.pending, pending_expires_at = excluded.pending_expires_at, yielding = excluded.yielding`)
  const add = database.prepare('INSERT INTO cell_elements (file, partition, id, element) VALUES (?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM cell_elements WHERE file = ? AND partition = ? AND id = ?')
  const forgetOne = database.prepare('DELETE FROM cell_partitions WHERE file = ? AND partition = ?')
  const forgetAll = database.prepare('DELETE FROM cell_partitions WHERE file = ?')

  /** Elements never change, so one that is there stays as it is, unless the partition has begun anew. */
  function writeElements(place: PartitionPlace, to: Partition, startsAnew: boolean): void {
    const before = new Set(ids.all(place.file, place.partition).map(({ id }) => id))
    for (const id of before) {
      if (startsAnew || !to.elements.has(id)) remove.run(place.file, place.partition, id)
    }
    for (const element of to.elements.values()) {
      if (startsAnew || !before.has(element.id)) {
        add.run(place.file, place.partition, element.id, elementBytes(element))
      }
    }
  }

  return {
    async read(place) {
      return database.transaction(() => {
        const row = partition.get(place.file, place.partition)
        if (!row) return undefined
        const found = elements.all(place.file, place.partition).map(({ element }) => element)
        return fromStored(
          {
            ...{ version: row.version, serialGuid: row.serial_guid, nextSerial: row.next_serial, source: row.source },
            ...{ storageIndex: row.storage_index, yielding: row.yielding },
            ...{ pending: row.pending, pendingExpiresAt: row.pending_expires_at },
          },
          found,
        )
      })
    },
    async swap(place, from, to) {
      return database.transaction(() => {
        const row = partition.get(place.file, place.partition)
        if (row?.version !== from?.version || row?.serial_guid !== from?.serialGuid) return false
        replace.run(place.file, place.partition, ...columnsOf(to))
        writeElements(place, to, row?.serial_guid !== to.serialGuid)
        return true
      })
    },
    async forget({ file, partition }) {
      if (partition === undefined) forgetAll.run(file)
      else forgetOne.run(file, partition)
    },
  }
}
