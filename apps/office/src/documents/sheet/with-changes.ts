import type { CellChange, SheetChanges, WorkbookChanges } from './changes.ts'
import type { Cell, CellStyle, Row, Sheet, Workbook } from './workbook.ts'

/** The workbook as it reads with some of its cells changed. */
export function withChanges(workbook: Workbook, changes: WorkbookChanges): Workbook {
  const styles = [...workbook.styles]
  const sheets = workbook.sheets.map((sheet) => {
    const asked = changes.get(sheet.name)
    return asked ? { ...sheet, rows: changedRows(sheet, asked, styles) } : sheet
  })
  return { ...workbook, sheets, styles }
}

function changedRows(sheet: Sheet, { typed, calculated }: SheetChanges, styles: CellStyle[]): readonly Row[] {
  const rows = new Map(sheet.rows.map((row) => [row.index, row]))
  const put = (index: number, column: number, change: (before: Cell | undefined) => Cell | undefined) => {
    const row = rows.get(index) ?? { index, cells: [] }
    const cells = new Map(row.cells.map((cell) => [cell.column, cell]))
    const after = change(cells.get(column))
    if (!after) return
    cells.set(column, after)
    rows.set(index, { ...row, cells: [...cells.values()].sort((one, other) => one.column - other.column) })
  }
  for (const { row, column, value } of calculated) put(row, column, (before) => before && { ...before, value })
  for (const change of typed) put(change.row, change.column, (before) => typedCell(change, before, styles))
  return [...rows.values()].sort((one, other) => one.index - other.index)
}

function typedCell(
  { column, value, formula, format }: CellChange,
  before: Cell | undefined,
  styles: CellStyle[],
): Cell {
  const style = before?.style ?? 0
  const known = styles[style]
  const isOther = format !== undefined && known && known.format !== format
  const number = isOther ? styles.push({ ...known, format }) - 1 : style
  return { column, value, style: number, ...(formula !== undefined && { formula }) }
}
