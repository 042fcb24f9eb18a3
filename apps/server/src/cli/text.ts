const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** `1.5 MB`. */
export function sizeText(bytes: number): string {
  if (bytes === 1) return '1 byte'
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(bytes || 1) / Math.log(1000))))
  const value = bytes / 1000 ** step
  return `${step > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[step]}`
}

/** Rows as aligned columns, two spaces apart. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), [])
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A text from elsewhere, with nothing in it that a terminal would obey. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')

/** A message as a sentence: a capital first, unless an address or a name stands there, and a full stop last. */
export function asSentence(text: string): string {
  const capital = text.replace(/^[a-z]+(?=[ ,])/, (word) => word.charAt(0).toUpperCase() + word.slice(1))
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

/** Words in lines of at most `width` characters, longer words apart. */
export function wrapped(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
