import type { CellValue } from '../workbook.ts'
import { readEscapes } from '../xml/text.ts'

/** What stands in a cell's markup. `text` is that of `v`, `inline` that of `is`. */
export interface RawCell {
  readonly type: string | undefined
  readonly text: string | undefined
  readonly inline: string | undefined
}

/** What a cell holds. */
export function cellValue({ type, text, inline }: RawCell, strings: readonly string[]): CellValue {
  if (type === 'inlineStr') return readEscapes(inline ?? '')
  if (text === undefined) return null
  if (type === 's') return strings[Number(text)] ?? ''
  if (type === 'str') return readEscapes(text)
  if (type === 'b') return text.trim() === '1' || text.trim() === 'true'
  if (type === 'e') return { error: text.trim() }
  if (type === 'd') return serialOf(text)
  const number = Number(text)
  return text.trim() === '' ? null : Number.isFinite(number) ? number : text
}

const day = 86_400_000

/** A date spelt out, as the number of days that cells count dates in. */
function serialOf(text: string): number | string {
  const instant = Date.parse(
    /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.includes('T') ? text : `${text}T00:00:00`}Z`,
  )
  return Number.isNaN(instant) ? text : instant / day + 25_569
}
