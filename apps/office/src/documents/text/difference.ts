/** The one stretch in which two texts differ. */
export interface Difference {
  readonly start: number
  /** In the text before. */
  readonly end: number
  /** What stands there in the text after. */
  readonly inserted: string
}

/** Where two texts differ. Characters of two code units are not cut apart. */
export function difference(before: string, after: string): Difference {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  if (isInside(before, start) || isInside(after, start)) start--
  let same = 0
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++
  if (isInside(before, before.length - same) || isInside(after, after.length - same)) same--
  return { start, end: before.length - same, inserted: after.slice(start, after.length - same) }
}

/** Whether `at` is between the two units of one character. */
const isInside = (text: string, at: number): boolean =>
  /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '')
