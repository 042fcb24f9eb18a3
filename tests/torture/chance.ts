/** Numbers that look random and come again with the same seed. */
export interface Chance {
  /** From 0 up to and without 1. */
  next(): number
  /** A whole number from 0 up to and without `count`. */
  below(count: number): number
  one<T>(of: readonly [T, ...T[]]): T
  /** A sequence of its own, for somebody whose turns come at times of their own. */
  another(): Chance
}

/** The generator Mulberry32. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    one: (of) => of[below(of.length)] ?? of[0],
    another: () => chance(below(2 ** 32)),
  }
}
