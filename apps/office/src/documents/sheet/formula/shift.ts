import { columnName, mostColumns, mostRows, readColumn } from '../reference.ts'
import { piecesOf } from './pieces.ts'

const reference = /^(\$?)([A-Za-z]*)(\$?)(\d*)$/

/** The formula as it reads when it is copied so many rows down and columns to the right. */
export function shiftFormula(formula: string, rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return formula
  return piecesOf(formula)
    .map(({ is, text }) => (is === 'reference' ? shiftReference(text, rows, columns) : text))
    .join('')
}

function shiftReference(text: string, rows: number, columns: number): string {
  const [, first = '', letters = '', second = '', digits = ''] = reference.exec(text) ?? []
  const isRowOnly = letters === ''
  const [columnMark, rowMark] = isRowOnly ? ['', first] : [first, second]
  const column = letters && !columnMark ? readColumn(letters) + columns : undefined
  const row = digits && !rowMark ? Number(digits) + rows : undefined
  if (column !== undefined && (column < 0 || column >= mostColumns)) return '#REF!'
  if (row !== undefined && (row < 1 || row > mostRows)) return '#REF!'
  return `${columnMark}${column === undefined ? letters : columnName(column)}${rowMark}${row ?? digits}`
}
