import { protocolFault } from '../faults/cell-fault.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import { uint } from './compact-uint.ts'

/** The header that a stream object begins with. */
export interface ObjectStart {
  readonly isEnd: false
  /** 14 bits. */
  readonly type: number
  /** Other objects are nested in it, up to the header that ends it. */
  readonly isCompound: boolean
  /** Of what it holds itself, in bytes. */
  readonly length: number
}

/** The header that a compound stream object ends with. */
export interface ObjectEnd {
  readonly isEnd: true
  /** 14 bits. */
  readonly type: number
}

/** The lowest two bits of a header. */
const forms = { start16: 0, end8: 1, start32: 2, end16: 3 } as const
/** The length that stands for a longer one, which follows. */
const longer = 0x7fff
const highestType = 0x3fff

/** The next header, in whatever form it has. */
export function readHeader(reader: ByteReader): ObjectStart | ObjectEnd {
  const form = reader.peek() & 3
  if (form === forms.end8) return { isEnd: true, type: reader.u8() >> 2 }
  if (form === forms.end16) return { isEnd: true, type: reader.u16() >> 2 }
  if (form === forms.start16) {
    const bits = reader.u16()
    return { isEnd: false, type: (bits >> 3) & 0x3f, isCompound: (bits & 4) !== 0, length: bits >> 9 }
  }
  const bits = reader.u32()
  const length = bits >>> 17
  return {
    isEnd: false,
    type: (bits >>> 3) & highestType,
    isCompound: (bits & 4) !== 0,
    length: length === longer ? checked(uint.read(reader), reader) : length,
  }
}

function checked(length: number, { left }: ByteReader): number {
  if (length > left)
    throw protocolFault('IncompleteRequest', `an object says that it has ${length} bytes; ${left} follow`)
  return length
}

/** Writes the header that an object begins with, in the shortest form. */
export function writeStart(writer: ByteWriter, { type, isCompound, length }: Omit<ObjectStart, 'isEnd'>): void {
  checkType(type)
  const compound = isCompound ? 4 : 0
  if (type <= 0x3f && length <= 0x7f) {
    writer.u16(forms.start16 | compound | (type << 3) | (length << 9))
  } else {
    const bits = forms.start32 | compound | (type << 3)
    writer.u32(bits + Math.min(length, longer) * 2 ** 17)
    if (length >= longer) uint.write(writer, length)
  }
}

/** Writes the header that an object ends with, in the shortest form. */
export function writeEnd(writer: ByteWriter, type: number): void {
  checkType(type)
  if (type <= 0x3f) writer.u8(forms.end8 | (type << 2))
  else writer.u16(forms.end16 | (type << 2))
}

function checkType(type: number): void {
  if (!(Number.isInteger(type) && type >= 0 && type <= highestType)) throw new RangeError(`no object has type ${type}`)
}
