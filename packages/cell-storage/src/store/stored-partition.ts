import { ByteReader } from '../bytes/byte-reader.ts'
import type { DataElement, StorageIndex } from '../objects/element.ts'
import { readElement, readPackage } from '../objects/read-element.ts'
import { readObject } from '../objects/read-objects.ts'
import { elementBytes, packageBytes } from '../objects/write-element.ts'
import type { Partition, PendingElements } from './partition.ts'

/** A partition as a row of a database has it. Its elements are kept beside it, each as its bytes. */
export interface StoredPartition {
  readonly version: number
  readonly serialGuid: string
  readonly nextSerial: number
  readonly storageIndex: Uint8Array
  readonly source: string | null
  readonly pending: Uint8Array | null
  /** Milliseconds since 1970. */
  readonly pendingExpiresAt: number | null
  /** JSON. */
  readonly yielding: string | null
}

/** The row of a partition. */
export const toStored = (partition: Partition): StoredPartition => ({
  version: partition.version,
  serialGuid: partition.serialGuid,
  nextSerial: Number(partition.nextSerial),
  storageIndex: elementBytes(partition.index),
  source: partition.source ?? null,
  pending: partition.pending ? packageBytes(partition.pending.elements) : null,
  pendingExpiresAt: partition.pending?.expiresAt ?? null,
  yielding: partition.yielding ? JSON.stringify(partition.yielding) : null,
})

/** The partition of a row and of what is kept beside it. Throws for what was not stored so. */
export function fromStored(row: StoredPartition, stored: readonly Uint8Array[]): Partition {
  const pending = pendingIn(row)
  const elements = stored.map(elementIn)
  return {
    ...(row.source !== null && { source: row.source }),
    ...(pending && { pending }),
    ...(row.yielding !== null && { yielding: JSON.parse(row.yielding) }),
    version: row.version,
    serialGuid: row.serialGuid,
    nextSerial: BigInt(row.nextSerial),
    index: indexIn(row.storageIndex),
    elements: new Map(elements.map((element) => [element.id, element])),
  }
}

// A copy, since what some drivers return lies in memory of a kind that cannot be viewed otherwise.
const objectIn = (bytes: Uint8Array) => readObject(new ByteReader(new Uint8Array(bytes), Number.POSITIVE_INFINITY))

function elementIn(bytes: Uint8Array): DataElement {
  const object = objectIn(bytes)
  if (object.name !== 'dataElement') throw new Error('the store of cells holds what is no data element')
  return readElement(object)
}

function pendingIn({ pending, pendingExpiresAt: expiresAt }: StoredPartition): PendingElements | undefined {
  if (!pending || expiresAt === null) return undefined
  const object = objectIn(pending)
  if (object.name !== 'elementPackage') throw new Error('the store of cells holds what is no package of elements')
  return { elements: readPackage(object), expiresAt }
}

function indexIn(bytes: Uint8Array): DataElement<StorageIndex> {
  const { body, ...element } = elementIn(bytes)
  if (body.type !== 'storageIndex') throw new Error('the store of cells holds a partition without its index')
  return { ...element, body }
}
