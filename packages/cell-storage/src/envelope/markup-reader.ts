/** The bytes by which markup is told from text. */
export const marks = { less: 0x3c, ampersand: 0x26 } as const

const [greater, semicolon, bang, dash, question] = [0x3e, 0x3b, 0x21, 0x2d, 0x3f]
const [openBracket, closeBracket, quote, apostrophe] = [0x5b, 0x5d, 0x22, 0x27]

/** What ends at a `>` that follows two of these. */
const doubled: ReadonlyMap<number, number> = new Map([
  [dash, dash],
  [openBracket, closeBracket],
])

/** Finds where tags, comments, sections, instructions and entities end. */
export interface MarkupReader {
  isOpen(): boolean
  /** `mark`: the byte that markup begins with. */
  open(mark: number | undefined): void
  /** Where what is open ends, or else the slice. */
  rest(slice: Uint8Array, from: number): number
}

/** Begins outside of markup. */
export function markupReader(): MarkupReader {
  let ends: ((each: number) => boolean) | undefined
  return {
    isOpen: () => ends !== undefined,
    open(mark) {
      ends = mark === marks.ampersand ? (each) => each === semicolon : endOfTag()
    },
    rest(slice, from) {
      let at = from
      while (ends && at < slice.length) if (ends(slice[at++] ?? 0)) ends = undefined
      return at
    },
  }
}

/** Is told of each byte behind a `<`, and says which is the last. */
function endOfTag(): (each: number) => boolean {
  let [count, kind, double, open] = [0, 0, 0, 0]
  let [last, beforeLast] = [0, 0]

  function isEnd(each: number): boolean {
    if (count === 1) kind = each
    if (count === 2 && kind === bang) double = doubled.get(each) ?? 0
    if (double > 0) return count > 4 && each === greater && last === double && beforeLast === double
    if (kind === question) return count > 2 && each === greater && last === question
    if (open === 0 && (each === quote || each === apostrophe)) open = each
    else if (open === each) open = 0
    return open === 0 && each === greater
  }

  return (each) => {
    count++
    const end = isEnd(each)
    beforeLast = last
    last = each
    return end
  }
}
