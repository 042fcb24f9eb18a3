/** Takes in bytes, and passes them on in slices of one size; the last one is shorter. */
export interface Slicing {
  write(chunk: Uint8Array): void
  end(): void
}

/** Slices are looked at before `take` returns, and not kept: the next one may lie in the same memory. */
export function inSlices(size: number, take: (slice: Uint8Array) => void): Slicing {
  const kept = new Uint8Array(size)
  let filled = 0

  /** Fills up what is kept. How many bytes that took. */
  function fill(chunk: Uint8Array): number {
    const part = chunk.subarray(0, size - filled)
    kept.set(part, filled)
    filled += part.length
    if (filled === size) {
      filled = 0
      take(kept)
    }
    return part.length
  }

  return {
    write(chunk) {
      let at = filled > 0 ? fill(chunk) : 0
      for (; filled === 0 && at + size <= chunk.length; at += size) take(chunk.subarray(at, at + size))
      if (at < chunk.length) fill(chunk.subarray(at))
    },
    end() {
      if (filled > 0) take(kept.subarray(0, filled))
      filled = 0
    },
  }
}
