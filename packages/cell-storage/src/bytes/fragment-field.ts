import { uint } from './compact-uint.ts'
import type { Field } from './field.ts'
import { binaryItem } from './fields.ts'

/** A stretch of the bytes of an element. */
export interface Stretch {
  /** Where it begins, in bytes. */
  readonly start: number
  /** Bytes. */
  readonly length: number
}

/** A stretch of the bytes of an element, with the bytes. */
export interface StretchOfBytes {
  readonly start: number
  readonly bytes: Uint8Array
}

/** A file chunk reference. */
export const chunkReference: Field<Stretch> = {
  read: (reader) => ({ start: uint.read(reader), length: uint.read(reader) }),
  write(writer, { start, length }) {
    uint.write(writer, start)
    uint.write(writer, length)
  },
}

/** A file chunk reference and its bytes. Some senders put their number before them once more: the length of the object tells. */
export const chunkWithBytes: Field<StretchOfBytes> = {
  read(reader) {
    const { start, length } = chunkReference.read(reader)
    return { start, bytes: reader.left > length ? binaryItem.read(reader) : reader.take(length) }
  },
  write(writer, { start, bytes }) {
    chunkReference.write(writer, { start, length: bytes.length })
    writer.bytes(bytes)
  },
}
