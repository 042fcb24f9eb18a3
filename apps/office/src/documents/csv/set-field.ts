import { type FieldTable, readFields } from './fields.ts'

export interface FieldPlace {
  readonly row: number
  readonly column: number
}

/** The text of a table with one field changed: every other one is spelt as it was. */
export function setField(table: FieldTable, { row, column }: FieldPlace, value: string): string {
  const { text, delimiter, rows } = table
  const fields = rows[row]
  const before = fields?.[column]
  if ((before?.value ?? '') === value) return text
  if (before) return text.slice(0, before.from) + spelt(value, delimiter, before.isQuoted) + text.slice(before.to)
  const last = fields?.at(-1)
  if (fields && last) {
    const more = delimiter.repeat(column - fields.length + 1) + spelt(value, delimiter)
    return text.slice(0, last.to) + more + text.slice(last.to)
  }
  const end = text === '' || text.endsWith('\n') ? '' : '\n'
  const line = delimiter.repeat(column) + spelt(value, delimiter)
  return `${text}${end}${'\n'.repeat(row - rows.length)}${line}${text.endsWith('\n') ? '\n' : ''}`
}

/** The same for several fields. */
export const setFields = (table: FieldTable, changes: readonly (FieldPlace & { readonly value: string })[]): string =>
  changes.reduce((now, change) => readFields(setField(now, change, change.value), now.delimiter), table).text

function spelt(value: string, delimiter: string, isQuoted = false): string {
  const mustQuote = value.includes(delimiter) || /["\n\r]|^\s|\s$/.test(value)
  return isQuoted || mustQuote ? `"${value.replaceAll('"', '""')}"` : value
}
