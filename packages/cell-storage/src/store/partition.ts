import { type ExtendedGuid, extendedGuidOf } from '../bytes/extended-guid.ts'
import type { SerialNumber } from '../bytes/serial-number.ts'
import type { DataElement, StorageIndex } from '../objects/element.ts'

/** What a store holds of one partition of a file. It never changes: a change makes another one. */
export interface Partition {
  /** Another one after each change. */
  readonly version: number
  /** The GUID of its serial numbers. */
  readonly serialGuid: string
  /** The serial number that comes next. The first is 1. */
  readonly nextSerial: bigint
  /** Under another id after each change. */
  readonly index: DataElement<StorageIndex>
  /** Everything but storage indexes and fragments. */
  readonly elements: ReadonlyMap<ExtendedGuid, DataElement>
  /** What has been put in parts, of which the last has not come yet. Absent: nothing. */
  readonly pending?: PendingElements
  /** The keys of the index that the next put may change whatever it takes them to be, as the last one wanted it. Absent: none. */
  readonly yielding?: readonly string[]
  /** The version of the file that the cells are. Absent: they are no file. */
  readonly source?: string
}

/** Elements that wait for the last part of a put. */
export interface PendingElements {
  readonly elements: readonly DataElement[]
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** Where a partition is: the id of a file, and a GUID. */
export interface PartitionPlace {
  readonly file: string
  readonly partition: string
}

/** A partition in which there is nothing. `serialGuid`: one that no other partition has. */
export const emptyPartition = (serialGuid: string): Partition => ({
  version: 0,
  serialGuid,
  nextSerial: 1n,
  index: {
    id: extendedGuidOf(serialGuid, 0),
    serial: undefined,
    body: { type: 'storageIndex', cells: [], revisions: [] },
  },
  elements: new Map(),
})

/** Whether anything is kept in a partition. */
export const isEmpty = ({ index: { body } }: Partition): boolean =>
  !body.manifest && body.cells.length === 0 && body.revisions.length === 0

/** Gives out serial numbers of a partition, each higher than the one before. */
export function serialsOf({ serialGuid, nextSerial }: Pick<Partition, 'serialGuid' | 'nextSerial'>) {
  let next = nextSerial
  return {
    next: (): SerialNumber => ({ guid: serialGuid, value: next++ }),
    /** The first that has not been given out. */
    get free(): bigint {
      return next
    },
  }
}
