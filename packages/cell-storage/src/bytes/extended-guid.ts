import { protocolFault } from '../faults/cell-fault.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ByteWriter } from './byte-writer.ts'
import type { Field } from './field.ts'
import { guid, nullGuid } from './guid.ts'

/** An extended GUID: a GUID and a number of 32 bits, such as `84defab9-aaa3-4a0d-a3a8-520c77ac7073:2`. */
export type ExtendedGuid = `${string}:${number}`

/** The extended GUID that stands for none. */
export const nullExtendedGuid: ExtendedGuid = `${nullGuid}:0`

/** The extended GUID of a GUID, in letters of any case, and a number. */
export const extendedGuidOf = (guid: string, value: number): ExtendedGuid => `${guid.toLowerCase()}:${value}`

/** The GUID and the number of an extended GUID. */
export function partsOf(id: ExtendedGuid): { readonly guid: string; readonly value: number } {
  const colon = id.indexOf(':')
  return { guid: id.slice(0, colon), value: Number(id.slice(colon + 1)) }
}

/** The number of an extended GUID that is not null. Which form it has is in the lowest bits of its first byte. */
function readValue(reader: ByteReader): number {
  const first = reader.peek()
  if ((first & 0x07) === 4) return reader.u8() >> 3
  if ((first & 0x3f) === 32) return reader.u16() >> 6
  if ((first & 0x7f) === 64) return (reader.u8() >> 7) | (reader.u16() << 1)
  if (first !== 128) throw protocolFault('StreamObjectInvalid', 'an extended GUID begins with a byte that none has')
  reader.u8()
  return reader.u32()
}

function writeValue(writer: ByteWriter, value: number): void {
  if (!(Number.isInteger(value) && value >= 0 && value <= 0xffffffff)) {
    throw new RangeError(`${value} is no number of 32 bits, which an extended GUID has`)
  }
  if (value <= 0x1f) writer.u8((value << 3) | 4)
  else if (value <= 0x3ff) writer.u16((value << 6) | 32)
  else if (value <= 0x1ffff) {
    writer.u8(((value & 1) << 7) | 64)
    writer.u16(value >> 1)
  } else {
    writer.u8(128)
    writer.u32(value)
  }
}

/** An extended GUID, in the shortest of its five forms. */
export const extendedGuid: Field<ExtendedGuid> = {
  read(reader) {
    if (reader.peek() === 0) {
      reader.u8()
      return nullExtendedGuid
    }
    const value = readValue(reader)
    return `${guid.read(reader)}:${value}`
  },
  write(writer, id) {
    if (id === nullExtendedGuid) writer.u8(0)
    else {
      const { guid: part, value } = partsOf(id)
      writeValue(writer, value)
      guid.write(writer, part)
    }
  },
}
