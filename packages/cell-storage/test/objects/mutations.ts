/** The same numbers for the same seed: from 0 up to and without 1. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A copy in which one bit is another. */
export function changedAt(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = new Uint8Array(bytes)
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return changed
}

/** A copy in which a few stretches are others, are gone, or stand there twice. */
export function mutated(bytes: Uint8Array, next: () => number): Uint8Array {
  let changed: Uint8Array = new Uint8Array(bytes)
  const at = () => Math.floor(next() * changed.length)
  for (let changes = 1 + Math.floor(next() * 4); changes > 0; changes--) {
    const [from, to] = [at(), at()].sort((one, other) => one - other) as [number, number]
    const choice = next()
    if (choice < 0.5) changed[from] = Math.floor(next() * 256)
    else if (choice < 0.7) changed = changedAt(changed, Math.floor(next() * changed.length * 8))
    else if (choice < 0.8) changed = Uint8Array.from([...changed.subarray(0, from), ...changed.subarray(to)])
    else if (choice < 0.9) changed = Uint8Array.from([...changed.subarray(0, to), ...changed.subarray(from)])
    else changed.fill(next() < 0.5 ? 0xff : 0, from, Math.min(to, from + 8))
  }
  return changed
}
