import { uint } from './compact-uint.ts'
import type { Field } from './field.ts'

/** A number of 8 bits. */
export const u8: Field<number> = { read: (reader) => reader.u8(), write: (writer, value) => writer.u8(value) }

/** A number of 16 bits. */
export const u16: Field<number> = { read: (reader) => reader.u16(), write: (writer, value) => writer.u16(value) }

/** A number of 32 bits. */
export const u32: Field<number> = { read: (reader) => reader.u32(), write: (writer, value) => writer.u32(value) }

/** A number of 64 bits, always in 8 bytes. */
export const u64: Field<bigint> = { read: (reader) => reader.u64(), write: (writer, value) => writer.u64(value) }

/** Bytes behind their number. */
export const binaryItem: Field<Uint8Array> = {
  read: (reader) => reader.take(uint.read(reader)),
  write(writer, value) {
    uint.write(writer, value.length)
    writer.bytes(value)
  },
}

/** Everything up to the end of the object. */
export const rest: Field<Uint8Array> = {
  read: (reader) => reader.take(reader.left),
  write: (writer, value) => writer.bytes(value),
}

/** Text in UTF-16 behind the number of its code units. */
export const stringItem: Field<string> = {
  read: (reader) => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(reader.take(2 * uint.read(reader))),
  write(writer, value) {
    uint.write(writer, value.length)
    for (let index = 0; index < value.length; index++) writer.u16(value.charCodeAt(index))
  },
}

/** Text in UTF-8 behind the number of its bytes. */
export const utf8Item: Field<string> = {
  read: (reader) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(binaryItem.read(reader)),
  write: (writer, value) => binaryItem.write(writer, new TextEncoder().encode(value)),
}

/** Items behind their number. */
export const listOf = <T>(item: Field<T>): Field<readonly T[]> => ({
  read(reader) {
    const count = uint.read(reader)
    reader.count(count)
    return Array.from({ length: count }, () => item.read(reader))
  },
  write(writer, items) {
    uint.write(writer, items.length)
    for (const each of items) item.write(writer, each)
  },
})

/** What older senders leave out at the end of an object. `undefined`: it is left out. */
export const optional = <T>(field: Field<T>): Field<T | undefined> => ({
  read: (reader) => (reader.left > 0 ? field.read(reader) : undefined),
  write(writer, value) {
    if (value !== undefined) field.write(writer, value)
  },
})

/** Which of some flags are set. */
export type Flags<N extends string = string> = Readonly<Record<N, boolean>>

/** Flags in `field`, from the lowest bit on. Bits without a name are passed over. */
export const flagsIn = <const N extends string>(field: Field<number>, names: readonly N[]): Field<Flags<N>> => ({
  read(reader) {
    const bits = field.read(reader)
    return Object.fromEntries(names.map((name, bit) => [name, (bits & (1 << bit)) !== 0])) as Flags<N>
  },
  write(writer, flags) {
    field.write(
      writer,
      names.reduce((bits, name, bit) => bits | (flags[name] ? 1 << bit : 0), 0),
    )
  },
})

/** Some of the flags that are called `names`: those in `set` are set, and the others not. */
export const flagsWith = <N extends string>(names: readonly N[], set: readonly N[] = []): Flags<N> =>
  Object.fromEntries(names.map((name) => [name, set.includes(name)])) as Flags<N>
