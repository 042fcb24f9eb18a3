import { CellValueType, type ICellData } from '@univerjs/core'
import type { SharedCell } from '../../../../src/documents/sheet/typed-cells.ts'
import type { CellValue } from '../../../../src/documents/sheet/workbook.ts'
import { fromGridFormula, toGridFormula } from './grid-formulas.ts'

/** A value as the grid holds it. */
export function gridValue(value: CellValue): Pick<ICellData, 'v' | 't'> {
  if (value === null) return { v: null, t: null }
  if (typeof value === 'number') return { v: value, t: CellValueType.NUMBER }
  if (typeof value === 'boolean') return { v: value ? 1 : 0, t: CellValueType.BOOLEAN }
  return { v: typeof value === 'string' ? value : value.error, t: CellValueType.STRING }
}

/** A cell that someone has typed into, as the grid holds it: nothing of what it held before stays. */
export const gridCell = ({ value, formula, format }: SharedCell): ICellData => ({
  ...gridValue(value),
  f: formula === undefined ? null : toGridFormula(formula),
  si: null,
  p: null,
  ...(format !== undefined && { s: { n: { pattern: format } } }),
})

const errorShape = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!)$/

/** What a cell of the grid holds. `formula`: as the grid spells it, wherever it keeps it. */
export function readGridCell(cell: ICellData | null | undefined, formula: string): SharedCell {
  const value = readGridValue(cell, formula !== '')
  return { value, ...(formula !== '' && { formula: fromGridFormula(formula) }) }
}

function readGridValue(cell: ICellData | null | undefined, isFormula: boolean): CellValue {
  const { v: value, t: type, p: rich } = cell ?? {}
  if (rich?.body) return rich.body.dataStream.replace(/\r\n$/, '').replace(/\r/g, '\n')
  if (value === null || value === undefined || value === '') return null
  if (type === CellValueType.BOOLEAN) return value === 1 || value === true || value === 'TRUE'
  if (typeof value === 'boolean') return value
  const isText = type === CellValueType.STRING || type === CellValueType.FORCE_STRING
  if (typeof value === 'number') return isText ? String(value) : value
  if (errorShape.test(value) && (isFormula || type !== CellValueType.FORCE_STRING)) return { error: value }
  const number = Number(value)
  return type === CellValueType.NUMBER && Number.isFinite(number) ? number : value
}
