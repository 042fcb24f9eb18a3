/** The first and the last of some characters, as their numbers. */
export type CharacterRange = readonly [from: number, to: number]

/** What of these ranges of characters, as style sheets spell them, lies within others. */
export function within(ranges: string, others: readonly CharacterRange[]): string {
  const hex = (code: number) => `U+${code.toString(16)}`
  return ranges
    .split(',')
    .flatMap((range) => {
      const [first = '', last = first] = range.trim().replace(/^u\+/i, '').split('-')
      return others
        .map(([from, to]) => [Math.max(from, parseInt(first, 16)), Math.min(to, parseInt(last, 16))] as const)
        .filter(([from, to]) => from <= to)
        .map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to).slice(2)}`))
    })
    .join(', ')
}
