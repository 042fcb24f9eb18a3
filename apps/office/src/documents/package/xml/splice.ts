/** A stretch of the source, and what stands there instead. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The source with all splices made. They must not overlap; where two begin at one place, the earlier one comes first. */
export function splice(source: string, splices: readonly Splice[]): string {
  const inOrder = splices
    .map((one, index) => ({ ...one, index }))
    .sort((one, other) => one.start - other.start || one.end - other.end || one.index - other.index)
  let at = 0
  let result = ''
  for (const { start, end, text } of inOrder) {
    if (start < at || end < start) throw new RangeError('two changes touch the same place')
    result += source.slice(at, start) + text
    at = end
  }
  return result + source.slice(at)
}
