import { protocolFault } from '../faults/cell-fault.ts'

/** Reads bytes from front to back. What lies beyond the end, or beyond what may be read of it, is a protocol fault. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0
  #end: number
  #items: number
  #isWithin = false

  /** `mostItems`: how many objects and items of lists may come out of the bytes, so that few of them fill no memory. */
  constructor(bytes: Uint8Array, mostItems: number) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#end = bytes.length
    this.#items = mostItems
  }

  /** How many bytes there are still. */
  get left(): number {
    return this.#end - this.#at
  }

  u8(): number {
    return this.#view.getUint8(this.#pass(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#pass(2), true)
  }

  u32(): number {
    return this.#view.getUint32(this.#pass(4), true)
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#pass(8), true)
  }

  /** The next byte, which stays where it is. */
  peek(): number {
    const byte = this.u8()
    this.#at--
    return byte
  }

  /** The next `count` bytes. They are not copied. */
  take(count: number): Uint8Array {
    const at = this.#pass(count)
    return this.#bytes.subarray(at, at + count)
  }

  /** Lets `read` have the next `length` bytes alone, and goes on behind them, or behind what was read if `isLoose`. */
  within<T>(length: number, read: () => T, isLoose = false): T {
    const [end, isWithin] = [this.#end, this.#isWithin]
    const target = this.#pass(length) + length
    this.#at = target - length
    this.#end = target
    this.#isWithin = true
    const value = read()
    this.#end = end
    this.#isWithin = isWithin
    if (!isLoose) this.#at = target
    return value
  }

  /** What `read` finds from here on, if that is not a fault; the reader then stands behind it. */
  attempt<T>(read: () => T): T | undefined {
    const [at, end, isWithin] = [this.#at, this.#end, this.#isWithin]
    try {
      return read()
    } catch {
      this.#at = at
      this.#end = end
      this.#isWithin = isWithin
      return undefined
    }
  }

  /** Counts `count` objects or items, of which each takes at least one byte that is still to be read. */
  count(count: number): void {
    if (count > this.left) throw this.#early()
    this.#items -= count
    if (this.#items < 0) throw protocolFault('InvalidRequest', 'a message has more objects than may be read')
  }

  #pass(count: number): number {
    if (count > this.left) throw this.#early()
    const at = this.#at
    this.#at += count
    return at
  }

  #early() {
    return this.#isWithin
      ? protocolFault('StreamObjectInvalid', 'the content of an object is shorter than what it has to hold')
      : protocolFault('IncompleteRequest', 'the message ends before it is complete')
  }
}
