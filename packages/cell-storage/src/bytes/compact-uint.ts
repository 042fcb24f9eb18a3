import { protocolFault } from '../faults/cell-fault.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { Field } from './field.ts'

const largest = 2n ** 64n - 1n
/** Which values are too large for one byte, for two, and so on: each byte gives up one bit to say how many there are. */
const shortest = [1, 2, 3, 4, 5, 6, 7].map((size) => 1n << BigInt(7 * size))

/** The number of zero bits below the lowest bit that is one. */
const trailingZeros = (byte: number) => 31 - Math.clz32(byte & -byte)

/** The value of `size` bytes from the least significant one on, without its lowest `size` bits. */
function shifted(reader: ByteReader, size: number): bigint {
  let value = 0n
  for (let index = 0; index < size; index++) value |= BigInt(reader.u8()) << BigInt(8 * index)
  return value >> BigInt(size)
}

/** A compact unsigned 64-bit integer, as a number where it surely is one. */
function read(reader: ByteReader): number | bigint {
  const first = reader.peek()
  const zeros = first === 0 ? 0 : trailingZeros(first)
  if (zeros === 0) return reader.u8() >> 1
  if (zeros === 1) return reader.u16() >> 2
  if (zeros < 7) return shifted(reader, zeros + 1)
  reader.u8()
  return reader.u64()
}

/** In the shortest form there is. */
function write(writer: ByteWriter, value: bigint): void {
  if (value < 0n || value > largest) throw new RangeError(`${value} is no unsigned number of 64 bits`)
  const size = value === 0n ? 0 : shortest.findIndex((end) => value < end) + 1
  if (value === 0n) writer.u8(0)
  else if (size > 0) writeShifted(writer, value, size)
  else {
    writer.u8(0x80)
    writer.u64(value)
  }
}

function writeShifted(writer: ByteWriter, value: bigint, size: number): void {
  const bits = (value << BigInt(size)) | (1n << BigInt(size - 1))
  for (let index = 0; index < size; index++) writer.u8(Number((bits >> BigInt(8 * index)) & 0xffn))
}

/** A compact unsigned 64-bit integer. */
export const uint64: Field<bigint> = { read: (reader) => BigInt(read(reader)), write }

/** A compact unsigned 64-bit integer that no message needs to be larger than numbers can say exactly. */
export const uint: Field<number> = {
  read(reader) {
    const value = Number(read(reader))
    if (Number.isSafeInteger(value)) return value
    throw protocolFault('StreamObjectInvalid', 'a number is larger than anything that it can count')
  },
  write(writer, value) {
    if (value > 0 && value < 0x80) writer.u8((value << 1) | 1)
    else write(writer, BigInt(value))
  },
}
