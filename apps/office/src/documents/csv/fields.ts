/** A field of a table of separated values, and where it stands in its text. */
export interface Field {
  readonly from: number
  readonly to: number
  readonly value: string
  readonly isQuoted: boolean
}

/** A table of separated values as it is spelt. Lines end with `\n`. */
export interface FieldTable {
  readonly text: string
  readonly delimiter: string
  readonly rows: readonly (readonly Field[])[]
}

/** Takes a table apart. Every text is one: what is malformed is taken as it is. */
export function readFields(text: string, delimiter: string): FieldTable {
  const rows: Field[][] = []
  let row: Field[] = []
  let at = 0
  while (at < text.length || row.length > 0) {
    const field = fieldAt(text, at, delimiter)
    row.push(field)
    const isLast = !text.startsWith(delimiter, field.to)
    at = field.to + (isLast ? 1 : delimiter.length)
    if (!isLast) continue
    rows.push(row)
    row = []
  }
  return { text, delimiter, rows }
}

function fieldAt(text: string, from: number, delimiter: string): Field {
  const isQuoted = text[from] === '"'
  if (!isQuoted) {
    const to = endOf(text, from, delimiter)
    return { from, to, value: text.slice(from, to), isQuoted }
  }
  const closing = closingQuote(text, from)
  const to = endOf(text, closing + 1, delimiter)
  const value = text.slice(from + 1, closing).replaceAll('""', '"') + text.slice(closing + 1, to)
  return { from, to, value, isQuoted }
}

/** The quotes that close what those at `from` open; the end where nothing does. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return text.length
}

function endOf(text: string, from: number, delimiter: string): number {
  const ends = [text.indexOf(delimiter, from), text.indexOf('\n', from)].filter((at) => at >= 0)
  return Math.min(text.length, ...ends)
}
