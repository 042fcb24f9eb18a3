import { type Area, contains, readArea } from '../reference.ts'
import type { Cell, Held, Row } from '../workbook.ts'
import { attributesOf, isOn, plainAttribute } from '../xml/attributes.ts'
import { textBetween } from '../xml/text.ts'
import { cellValue } from './cell-value.ts'
import { type SharedFormulas, sharedFormulas } from './formula-groups.ts'
import type { CellMark, RowMark, SheetMarks } from './sheet-marks.ts'

/** The rows of a sheet, and the blocks of cells that one formula fills. */
export function readCells(
  { xml, rows }: SheetMarks,
  strings: readonly string[],
): { readonly rows: readonly Row[]; readonly held: readonly Held[] } {
  const held: Held[] = []
  const context: Context = { xml, strings, shared: sharedFormulas(), held }
  const read = rows.map((row) => readRow(row, context))
  return { rows: held.length > 0 ? read.map((row) => withBlocks(row, held)) : read, held }
}

interface Context {
  readonly xml: string
  readonly strings: readonly string[]
  readonly shared: SharedFormulas
  readonly held: Held[]
}

function readRow({ index, attributes, cells }: RowMark, context: Context): Row {
  const height = Number(attributes['ht'])
  return {
    index,
    ...(height >= 0 && { height }),
    ...(isOn(attributes['hidden']) && { isHidden: true }),
    ...(isOn(attributes['customFormat']) && { style: Number(attributes['s'] ?? 0) }),
    cells: cells.map((cell) => readCell(cell, context)),
  }
}

function readCell(mark: CellMark, context: Context): Cell {
  const { xml, strings } = context
  const formula = readFormula(mark, context)
  return {
    column: mark.place.column,
    style: Number(plainAttribute(mark.tag, 's') ?? 0),
    value: cellValue(rawCell(mark, xml), strings),
    ...(formula !== undefined && { formula }),
  }
}

/** What stands in a cell's markup. */
export const rawCell = ({ tag, value, inline }: CellMark, xml: string) => ({
  type: plainAttribute(tag, 't'),
  text: value && textBetween(xml, value.from, value.to),
  inline: inline.map(({ from, to }) => textBetween(xml, from, to)).join(''),
})

function readFormula({ formula, place }: CellMark, { xml, shared, held }: Context): string | undefined {
  if (!formula) return undefined
  const text = textBetween(xml, formula.text.from, formula.text.to)
  if (formula.tag.rest === '') return text
  const { t: type, ref = '', si } = attributesOf(formula.tag)
  if (type === 'shared') return shared.formulaAt(place, si ?? '', text)
  const area: Area | undefined = type === 'array' || type === 'dataTable' ? readArea(ref) : undefined
  if (area) held.push({ area, by: type === 'array' ? 'array formula' : 'data table' })
  return text
}

const withBlocks = (row: Row, held: readonly Held[]): Row => ({
  ...row,
  cells: row.cells.map((cell) => {
    const isBlock = held.some(({ area }) => contains(area, { row: row.index, column: cell.column }))
    return isBlock ? { ...cell, isBlock } : cell
  }),
})
