/** Bytes that come one after the other, and lie in one piece. */
export interface GrowingBytes {
  /** Memory for `count` more bytes, behind those that are there. */
  room(count: number): Buffer
  /** That the first `count` bytes of that memory are written. */
  grow(count: number): void
  /** All of them. Nothing can be added any more. */
  end(): Uint8Array
}

/** Up to here memory grows as it has to. Bytes. */
const small = 64 * 1024

/** Somebody who writes may ask for some more than they need in the end. Bytes. */
const spare = 64

/** `toCome`: how many bytes are still to come at most, as far as is known. What is kept ready for them is not touched. */
export function growingBytes(toCome: () => number = () => 0): GrowingBytes {
  let whole: Buffer = Buffer.alloc(0)
  let size = 0

  function enlarge(least: number): void {
    const announced = least > small ? size + Math.ceil(toCome()) + spare : 0
    const larger = Buffer.allocUnsafe(Math.max(least, announced, Math.min(2 * whole.length, least + 16 * 2 ** 20)))
    larger.set(whole.subarray(0, size))
    whole = larger
  }

  return {
    room(count) {
      if (size + count > whole.length) enlarge(size + count)
      return whole.subarray(size)
    },
    grow(count) {
      size += count
    },
    end: () => (size < whole.length / 2 ? new Uint8Array(whole.subarray(0, size)) : whole.subarray(0, size)),
  }
}
