import { protocolFault } from '../faults/cell-fault.ts'
import type { Field } from './field.ts'
import { guid } from './guid.ts'

/** When a store learned of something: the higher of two values under one GUID is the later. */
export interface SerialNumber {
  readonly guid: string
  readonly value: bigint
}

/** A serial number. `undefined`: none. */
export const serialNumber: Field<SerialNumber | undefined> = {
  read(reader) {
    const form = reader.u8()
    if (form === 0) return undefined
    if (form !== 0x80) throw protocolFault('StreamObjectInvalid', 'a serial number begins with a byte that none has')
    return { guid: guid.read(reader), value: reader.u64() }
  },
  write(writer, serial) {
    writer.u8(serial ? 0x80 : 0)
    if (!serial) return
    guid.write(writer, serial.guid)
    writer.u64(serial.value)
  },
}
