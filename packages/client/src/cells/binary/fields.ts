import { type Guid, guidBytes } from './guid.ts'
import { type CellId, type ExtendedGuid, halvesOf, partsOf, type SerialNumber } from './ids.ts'
import { type Piece, sizeOf } from './piece.ts'

/** A whole number in so many bytes, least significant first. */
export function integer(value: number | bigint, bytes: number): Uint8Array {
  let rest = BigInt(value)
  return Uint8Array.from({ length: bytes }, () => {
    const low = Number(rest & 0xffn)
    rest >>= 8n
    return low
  })
}

/**
 * A compact unsigned integer of 64 bits, in the shortest form: as many zero bits as it takes bytes more than one, a one,
 * and seven bits of the number for each byte.
 */
export function compact(value: number | bigint): Uint8Array {
  const number = BigInt(value)
  if (number === 0n) return Uint8Array.of(0)
  for (let bytes = 1; bytes <= 7; bytes++)
    if (number < 1n << BigInt(7 * bytes)) return integer(((number << 1n) | 1n) << BigInt(bytes - 1), bytes)
  return Uint8Array.of(0x80, ...integer(number, 8))
}

/** How the number of an extended GUID is spelt: up to where, by which bits that say so, in how many bytes. */
const numberForms = [
  { below: 0x20, selector: 0x04, bits: 3, bytes: 1 },
  { below: 0x400, selector: 0x20, bits: 6, bytes: 2 },
  { below: 0x20000, selector: 0x40, bits: 7, bytes: 3 },
  { below: 2 ** 32, selector: 0x80, bits: 8, bytes: 5 },
] as const

/** An extended GUID. */
export function extendedGuid(id: ExtendedGuid): Piece {
  if (id === '') return Uint8Array.of(0)
  const { guid, value } = partsOf(id)
  const form = numberForms.find(({ below }) => value < below)
  if (!form) throw new RangeError(`${id} has a number that no extended GUID can have`)
  const number = (BigInt(value) << BigInt(form.bits)) | BigInt(form.selector)
  return [integer(number, form.bytes), guidBytes(guid)]
}

/** The id of a cell. */
export const cellId = (cell: CellId): Piece => halvesOf(cell).map(extendedGuid)

/** A serial number. */
export const serialNumber = (serial: SerialNumber): Piece =>
  serial ? [Uint8Array.of(0x80), guidBytes(serial.guid), integer(serial.value, 8)] : Uint8Array.of(0)

/** Bytes, with how many they are before them. */
export const item = (bytes: Piece): Piece => [compact(sizeOf(bytes)), bytes]

/** Several of a kind, with how many they are before them. */
export const list = <T>(values: readonly T[], field: (value: T) => Piece): Piece => [
  compact(values.length),
  values.map(field),
]

/** A GUID. */
export const guid = (value: Guid): Piece => guidBytes(value)
