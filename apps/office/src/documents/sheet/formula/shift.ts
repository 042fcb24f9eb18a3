import { columnName, mostColumns, mostRows, readColumn } from '../reference.ts'
import { type Piece, piecesOf } from './pieces.ts'

const reference = /^(\$?)([A-Za-z]*)(\$?)(\d*)$/

/** The formula as it reads when it is copied so many rows down and columns to the right. */
export const shiftFormula = (formula: string, rows: number, columns: number): string =>
  rows === 0 && columns === 0 ? formula : shiftPieces(piecesOf(formula), rows, columns)

/** The same for a formula that has been taken apart. */
export const shiftPieces = (pieces: readonly Piece[], rows: number, columns: number): string =>
  pieces.map(({ is, text }) => (is === 'reference' ? shiftReference(text, rows, columns) : text)).join('')

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
