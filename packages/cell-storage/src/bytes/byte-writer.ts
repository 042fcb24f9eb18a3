/** Shorter bytes are copied together, longer ones are held as they are until all is put together. */
const large = 1024

/** Gathers bytes from front to back. */
export class ByteWriter {
  readonly #pieces: Uint8Array[] = []
  #tail = new Uint8Array(64)
  #view = new DataView(this.#tail.buffer)
  #used = 0
  #before = 0

  /** How many bytes have been written. */
  get size(): number {
    return this.#before + this.#used
  }

  u8(value: number): void {
    const at = this.#room(1)
    this.#view.setUint8(at, value)
  }

  u16(value: number): void {
    const at = this.#room(2)
    this.#view.setUint16(at, value, true)
  }

  u32(value: number): void {
    const at = this.#room(4)
    this.#view.setUint32(at, value, true)
  }

  u64(value: bigint): void {
    const at = this.#room(8)
    this.#view.setBigUint64(at, value, true)
  }

  /** Bytes, which are not to change before `toBytes`. */
  bytes(bytes: Uint8Array): void {
    if (bytes.length >= large) this.#hold(bytes)
    else if (bytes.length > 0) {
      const at = this.#room(bytes.length)
      this.#tail.set(bytes, at)
    }
  }

  /** Everything that `writer` has, which is not to change before `toBytes`. */
  append(writer: ByteWriter): void {
    for (const piece of writer.pieces()) this.bytes(piece)
  }

  /** Everything written, in pieces. */
  pieces(): Uint8Array[] {
    return [...this.#pieces, this.#tail.subarray(0, this.#used)]
  }

  /** Everything written, in one piece that nobody else holds. */
  toBytes(): Uint8Array {
    const whole = new Uint8Array(this.size)
    let at = 0
    for (const piece of this.pieces()) {
      whole.set(piece, at)
      at += piece.length
    }
    return whole
  }

  #hold(bytes: Uint8Array): void {
    this.#flush(0)
    this.#pieces.push(bytes)
    this.#before += bytes.length
  }

  #room(count: number): number {
    if (this.#used + count > this.#tail.length) this.#flush(count)
    const at = this.#used
    this.#used += count
    return at
  }

  /** Puts the tail to the pieces, and begins another with room for `count` bytes. */
  #flush(count: number): void {
    if (this.#used > 0) this.#pieces.push(this.#tail.subarray(0, this.#used))
    this.#before += this.#used
    this.#used = 0
    this.#tail = new Uint8Array(Math.max(count, Math.min(16 * 1024, 64 + this.#before)))
    this.#view = new DataView(this.#tail.buffer)
  }
}
