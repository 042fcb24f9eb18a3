import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'

/** How a value is spelt in bytes. Reading a malformed one throws a `CellFault`, writing one that cannot be a `RangeError`. */
export interface Field<T> {
  read(reader: ByteReader): T
  write(writer: ByteWriter, value: T): void
}
