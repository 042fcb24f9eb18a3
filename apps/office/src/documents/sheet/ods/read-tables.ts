import { damaged } from '../../package/document-error.ts'
import { mostColumns, mostRows } from '../reference.ts'
import type { CellStyle, Sheet } from '../workbook.ts'
import { attributesOf } from '../xml/attributes.ts'
import { scan, type Tag } from '../xml/scan.ts'
import { cellText } from './cell-text.ts'
import type { OdsStyles } from './ods-styles.ts'
import { type SheetBuilding, sheetBuilding } from './sheet-building.ts'

/** Numbers of looks, as cells refer to them. */
export interface Looks {
  readonly list: CellStyle[]
  numberOf(style: string | undefined, isNumber: boolean): number
}

/** The tables of an OpenDocument spreadsheet, but not more than so many cells of them. */
export function readTables(
  xml: string,
  styles: OdsStyles,
  mostCells: number,
): { readonly sheets: readonly Sheet[]; readonly looks: readonly CellStyle[] } {
  const looks = looksOf(styles)
  const sheets: Sheet[] = []
  let sheet: SheetBuilding | undefined
  let left = mostCells
  // A table may stand in a cell of another one, and is none of its own.
  let depth = 0
  let text = cellText(xml)
  for (const tag of scan(xml)) {
    const isTable = tag.prefix === 'table:'
    if (isTable && tag.name === 'table') {
      if (tag.is === 'open') depth++
      if (tag.is === 'open' && depth === 1) sheet = sheetBuilding(attributesOf(tag), { styles, looks, left })
      if (tag.is === 'open' && depth === 1) text = cellText(xml)
      if (tag.is !== 'close') continue
      depth--
      if (depth > 0 || !sheet) continue
      left -= sheet.cells
      sheets.push(sheet.end())
      sheet = undefined
      continue
    }
    if (depth !== 1 || !sheet) continue
    if (isTable && readsInto(sheet, tag, () => text.end())) continue
    text.take(tag)
  }
  if (sheets.length === 0) throw damaged('it has no table')
  return { sheets, looks: looks.list }
}

/** Whether the tag is one of columns, rows or cells. */
function readsInto(sheet: SheetBuilding, tag: Tag, textOf: () => string): boolean {
  const isEnd = tag.is !== 'open'
  if (tag.name === 'table-column' && tag.is !== 'close') sheet.column(attributesOf(tag), repeats(tag, 'columns'))
  else if (tag.name === 'table-row') {
    if (tag.is !== 'close') sheet.startRow(attributesOf(tag), repeats(tag, 'rows'))
    if (isEnd) sheet.endRow()
  } else if (tag.name === 'table-cell' || tag.name === 'covered-table-cell') {
    if (tag.is !== 'close') sheet.startCell(attributesOf(tag), repeats(tag, 'columns'))
    if (isEnd) sheet.endCell(textOf())
  } else return false
  return true
}

function repeats(tag: Tag, of: 'rows' | 'columns'): number {
  const count = Number(attributesOf(tag)[`table:number-${of}-repeated`] ?? 1)
  return Number.isInteger(count) ? Math.max(1, Math.min(count, of === 'rows' ? mostRows : mostColumns)) : 1
}

/** Numbers stand at the right, as where they are shown as numbers, unless their style says where. */
function looksOf(styles: OdsStyles): Looks {
  const list: CellStyle[] = [styles.cell(undefined)]
  const numbers = new Map<string, number>()
  return {
    list,
    numberOf(style, isNumber) {
      const key = `${style ?? ''} ${isNumber}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      const look = styles.cell(style)
      const isMoved = isNumber && look.horizontal === undefined
      const number =
        style === undefined && !isMoved ? 0 : list.push(isMoved ? { ...look, horizontal: 'right' } : look) - 1
      numbers.set(key, number)
      return number
    },
  }
}
