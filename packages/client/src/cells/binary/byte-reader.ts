import { BadAnswer } from '../../failures.ts'
import { type Guid, guidOf } from './guid.ts'
import type { CellId, ExtendedGuid, SerialNumber } from './ids.ts'

/** Reads fields one after the other. Throws a `BadAnswer` where there are fewer bytes than a field takes. */
export class ByteReader {
  readonly bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** How far it has read. */
  get at(): number {
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.#at >= this.bytes.byteLength
  }

  /** The byte that comes next, which is not read yet. */
  peek(): number {
    const byte = this.bytes[this.#at]
    if (byte === undefined) throw new BadAnswer(`the cells break off after ${this.bytes.byteLength} bytes`)
    return byte
  }

  take(size: number): Uint8Array {
    if (size > this.bytes.byteLength - this.#at)
      throw new BadAnswer(`the cells break off: ${size} bytes are announced at ${this.#at}, and are not there`)
    this.#at += size
    return this.bytes.subarray(this.#at - size, this.#at)
  }

  /** A whole number of up to 6 bytes, least significant first. */
  integer(bytes: number): number {
    return this.take(bytes).reduceRight((value, byte) => value * 256 + byte, 0)
  }

  /** A whole number of 8 bytes. */
  long(): bigint {
    return this.take(8).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
  }

  /** A compact unsigned integer. Throws a `BadAnswer` for one that is too large to count anything by. */
  compact(): number {
    const first = this.peek()
    if (first === 0) return this.integer(1)
    const zeroes = 31 - Math.clz32(first & -first)
    if (zeroes < 6) return Math.floor(this.integer(zeroes + 1) / 2 ** (zeroes + 1))
    const value = zeroes === 6 ? (this.integer(3) - 0x40) / 2 ** 7 + this.integer(4) * 2 ** 17 : this.#large()
    if (!Number.isSafeInteger(value)) throw new BadAnswer(`the cells count to ${value}, which is too far`)
    return value
  }

  #large(): number {
    this.take(1)
    return Number(this.long())
  }

  guid(): Guid {
    return guidOf(this.take(16))
  }

  extendedGuid(): ExtendedGuid {
    const first = this.peek()
    if (first === 0) {
      this.take(1)
      return ''
    }
    const value = this.#numberOfExtendedGuid(first)
    return `${this.guid()}:${value}`
  }

  #numberOfExtendedGuid(first: number): number {
    if ((first & 0x07) === 0x04) return this.integer(1) >>> 3
    if ((first & 0x3f) === 0x20) return this.integer(2) >>> 6
    if ((first & 0x7f) === 0x40) return this.integer(3) >>> 7
    if (this.integer(1) !== 0x80) throw new BadAnswer(`the cells have an id that begins with ${first}, as none does`)
    return this.integer(4)
  }

  cellId(): CellId {
    return `${this.extendedGuid()}/${this.extendedGuid()}`
  }

  serialNumber(): SerialNumber {
    const first = this.integer(1)
    if (first === 0) return undefined
    if (first !== 0x80) throw new BadAnswer(`the cells have a serial number that begins with ${first}, as none does`)
    return { guid: this.guid(), value: this.long() }
  }

  /** Bytes, with how many they are before them. */
  item(): Uint8Array {
    return this.take(this.compact())
  }

  /** Several of a kind, with how many they are before them. Each takes a byte at least. */
  list<T>(field: (reader: ByteReader) => T): T[] {
    const count = this.compact()
    if (count > this.bytes.byteLength - this.#at) throw new BadAnswer(`the cells announce ${count} ids, and end before`)
    return Array.from({ length: count }, () => field(this))
  }
}
