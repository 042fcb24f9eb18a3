import { BooleanNumber, CellValueType, type ICellData } from '@univerjs/core'
import { element } from '../../element.ts'
import { strings } from '../../strings.ts'
import { paintCell } from './cell-css.ts'
import type { GridBook } from './grid-marks.ts'

type GridSheet = ReturnType<GridBook['getActiveSheet']>

/** More cells than a browser lays out on paper in good time. */
const mostCells = 100_000
/** How wide the paper is between its margins, in pixels: upright, and on its side. */
const paper = { upright: 690, sideways: 1_000 }
/** Columns are not drawn smaller than this to get them on one page. */
const leastZoom = 0.45

/** The sheet that is in front as a table: as far as it is filled, as it looks, on as many pages as it takes. */
export function printedSheet(book: GridBook): Node {
  const sheet = book.getActiveSheet()
  const used = usedLines(sheet)
  const printed = document.createDocumentFragment()
  if (used.rows.length === 0) return printed
  const width = used.columns.reduce((sum, column) => sum + sheet.getColumnWidth(column), 0)
  const isWide = width > paper.upright
  const room = isWide ? paper.sideways : paper.upright
  const zoom = Math.max(leastZoom, Math.min(1, room / width))
  printed.append(element('style', {}, `@page { size: ${isWide ? 'landscape' : 'portrait'}; margin: 10mm }`))
  for (const columns of pagesOf(sheet, used.columns, room / zoom)) {
    const table = tableOf(sheet, { rows: used.rows, columns })
    table.style.setProperty('zoom', String(zoom))
    printed.append(table)
  }
  if (used.isCut) printed.append(element('p', {}, strings.notices.tableCut(used.rows.length)))
  return printed
}

interface Lines {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
}

/** The rows and columns that hold something and are seen. */
function usedLines(sheet: GridSheet): Lines & { readonly isCut: boolean } {
  const model = sheet.getSheet()
  let [lastRow, lastColumn] = [-1, -1]
  model.getCellMatrix().forValue((row, column, cell) => {
    if (!cell || !holdsSomething(cell)) return
    lastRow = Math.max(lastRow, row)
    lastColumn = Math.max(lastColumn, column)
  })
  const columns = upTo(lastColumn).filter((column) => model.getColVisible(column))
  const rows = upTo(lastRow).filter((row) => model.getRowVisible(row))
  const most = Math.max(1, Math.floor(mostCells / Math.max(1, columns.length)))
  return { columns, rows: rows.slice(0, most), isCut: rows.length > most }
}

const holdsSomething = ({ v, f, p }: ICellData): boolean =>
  (v !== undefined && v !== null && v !== '') || (f ?? p ?? undefined) !== undefined

const upTo = (last: number): readonly number[] => Array.from({ length: last + 1 }, (_, at) => at)

/** As many columns on each page as there is room for. */
function pagesOf(sheet: GridSheet, columns: readonly number[], room: number): readonly (readonly number[])[] {
  const pages: number[][] = []
  let left = 0
  for (const column of columns) {
    const width = sheet.getColumnWidth(column)
    if (pages.length === 0 || width > left) {
      pages.push([])
      left = room
    }
    pages.at(-1)?.push(column)
    left -= width
  }
  return pages
}

function tableOf(sheet: GridSheet, { rows, columns }: Lines): HTMLTableElement {
  const model = sheet.getSheet()
  const table = element('table', {
    class: 'printed-sheet',
    dir: model.isRightToLeft() === BooleanNumber.TRUE ? 'rtl' : 'ltr',
  })
  if (model.getConfig().showGridlines !== BooleanNumber.FALSE) table.classList.add('has-lines')
  const widths = element('colgroup')
  for (const column of columns) {
    const col = element('col')
    col.style.width = `${model.getColumnWidth(column)}px`
    widths.append(col)
  }
  table.style.width = `${columns.reduce((sum, column) => sum + model.getColumnWidth(column), 0)}px`
  const [head, body] = [element('thead'), element('tbody')]
  const frozen = Math.max(0, model.getConfig().freeze?.startRow ?? 0)
  for (const row of rows) {
    const line = element('tr')
    line.style.height = `${model.getRowHeight(row)}px`
    for (const column of columns) {
      const cell = cellOf(sheet, { row, column }, { rows, columns })
      if (!cell) continue
      // A text goes on over cells in which there is nothing.
      if (cell.textContent !== '') line.lastElementChild?.classList.remove('is-long')
      if (cell.style.textAlign === 'start' && cell.style.whiteSpace === 'pre') cell.classList.add('is-long')
      line.append(cell)
    }
    const isHead = row < frozen && frozen < rows.length
    ;(isHead ? head : body).append(line)
  }
  table.append(widths, head, body)
  return table
}

/** A cell; `undefined` where another one reaches over its place. */
function cellOf(sheet: GridSheet, { row, column }: { row: number; column: number }, { rows, columns }: Lines) {
  const model = sheet.getSheet()
  const merge = model.getMergedCell(row, column)
  const inMerge = (all: readonly number[], from: number, to: number) => all.filter((one) => one >= from && one <= to)
  const [down, across] = merge
    ? [inMerge(rows, merge.startRow, merge.endRow), inMerge(columns, merge.startColumn, merge.endColumn)]
    : [[row], [column]]
  if (down[0] !== row || across[0] !== column) return undefined
  const made = element('td', { rowspan: String(down.length), colspan: String(across.length) })
  const source = merge ? { row: merge.startRow, column: merge.startColumn } : { row, column }
  const cell = model.getCellRaw(source.row, source.column)
  made.textContent = cell ? sheet.getRange(source.row, source.column).getDisplayValue() : ''
  const isNumber = cell?.t === CellValueType.NUMBER || typeof cell?.v === 'number'
  paintCell(made, model.getComposedCellStyle(source.row, source.column), isNumber)
  return made
}
