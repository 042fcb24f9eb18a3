import { BooleanNumber, type ICellData, type IWorkbookData, type IWorksheetData, LocaleType } from '@univerjs/core'
import { mostColumns, mostRows, type Place } from '../../../../src/documents/sheet/reference.ts'
import type { Cell, Row, Sheet, Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { gridValue } from './grid-cells.ts'
import { toGridFormula } from './grid-formulas.ts'
import { sheetId, unitId } from './grid-place.ts'
import { columnPixels, rowPixels } from './grid-sizes.ts'
import { gridStyle } from './grid-styles.ts'
import { freezeOf, rangeOf } from './layout-events.ts'

/** What the grid shows of a workbook. `canCalculate`: other formulas are shown as what they last came to. */
export function gridWorkbook(workbook: Workbook, canCalculate: (formula: string) => boolean): IWorkbookData {
  const sheets = workbook.sheets.map((sheet, index) => [sheetId(index), gridSheet(sheet, index, canCalculate)] as const)
  return {
    id: unitId,
    name: '',
    appVersion: '0.25.1',
    locale: LocaleType.EN_US,
    styles: Object.fromEntries(workbook.styles.map((style, index) => [String(index), gridStyle(style)])),
    defaultStyle: '0',
    sheetOrder: sheets.map(([id]) => id),
    sheets: Object.fromEntries(sheets),
    resources: [{ name: 'SHEET_DEFINED_NAME_PLUGIN', data: JSON.stringify(definedNames(workbook)) }],
  }
}

function definedNames({ names }: Workbook) {
  const entries = names.map(({ name, formula, sheet }, index) => {
    const id = `name-${index}`
    const localSheetId = sheet === undefined ? 'AllDefaultWorkbook' : sheetId(sheet)
    return [id, { id, name, formulaOrRefString: formula, localSheetId }]
  })
  return Object.fromEntries(entries)
}

/** Rows and columns that are there to go on, beside those that hold something. */
const spare = { rows: 50, columns: 10 }
const least = { rows: 100, columns: 26 }

/** How far a sheet is filled. Rows and cells that only look some way may reach to its very end. */
function lastPlace({ rows, merges }: Sheet): Place {
  let row = Math.max(0, ...merges.map(({ to }) => to.row))
  let column = Math.max(0, ...merges.map(({ to }) => to.column))
  for (const { index, cells } of rows) {
    const last = cells.findLast(({ value, formula }) => value !== null || formula !== undefined)
    if (!last) continue
    row = Math.max(row, index)
    column = Math.max(column, last.column)
  }
  return { row, column }
}

function gridSheet(sheet: Sheet, index: number, canCalculate: (formula: string) => boolean): Partial<IWorksheetData> {
  const { rows, columns, frozen } = sheet
  const { row: lastRow, column: lastColumn } = lastPlace(sheet)
  const rowCount = Math.min(mostRows, Math.max(least.rows, lastRow + 1 + spare.rows))
  const shownRows = rows.filter(({ index: row }) => row < rowCount)
  const shown = columns.filter(({ from }) => from <= lastColumn + spare.columns)
  return {
    id: sheetId(index),
    name: sheet.name,
    tabColor: sheet.tabColor === undefined ? '' : `#${sheet.tabColor}`,
    hidden: flag(sheet.visibility !== 'visible'),
    freeze: freezeOf(frozen),
    rowCount,
    columnCount: Math.min(mostColumns, Math.max(least.columns, lastColumn + 1 + spare.columns)),
    defaultColumnWidth: columnPixels(sheet.defaultWidth ?? 9.14),
    defaultRowHeight: rowPixels(sheet.defaultHeight ?? 15),
    mergeData: sheet.merges.map(rangeOf),
    cellData: Object.fromEntries(shownRows.map((row) => [row.index, gridRow(row, canCalculate)])),
    rowData: Object.fromEntries(shownRows.flatMap(rowFormat)),
    columnData: Object.fromEntries(shown.flatMap((column) => columnFormats(column, lastColumn + spare.columns))),
    showGridlines: flag(sheet.showsGrid),
    rightToLeft: flag(sheet.isRightToLeft),
  }
}

const flag = (isOn: boolean): BooleanNumber => (isOn ? BooleanNumber.TRUE : BooleanNumber.FALSE)

const gridRow = ({ cells }: Row, canCalculate: (formula: string) => boolean): Record<number, ICellData> =>
  Object.fromEntries(cells.map((cell) => [cell.column, gridCellOf(cell, canCalculate)]))

function gridCellOf({ value, formula, style, isBlock }: Cell, canCalculate: (formula: string) => boolean): ICellData {
  const isLive = formula !== undefined && !isBlock && canCalculate(formula)
  return { ...gridValue(value), s: String(style), ...(isLive && { f: toGridFormula(formula) }) }
}

function rowFormat({ index, height, isHidden, style }: Row) {
  if (height === undefined && !isHidden && style === undefined) return []
  const format = {
    ...(height !== undefined && { h: rowPixels(height), ia: BooleanNumber.FALSE }),
    ...(isHidden && { hd: BooleanNumber.TRUE }),
    ...(style !== undefined && { s: String(style) }),
  }
  return [[index, format] as const]
}

function columnFormats({ from, to, width, isHidden, style }: Sheet['columns'][number], last: number) {
  const format = {
    ...(width !== undefined && { w: columnPixels(width) }),
    ...(isHidden && { hd: BooleanNumber.TRUE }),
    ...(style !== undefined && { s: String(style) }),
  }
  return Array.from({ length: Math.min(to, last) - from + 1 }, (_, index) => [from + index, format] as const)
}
