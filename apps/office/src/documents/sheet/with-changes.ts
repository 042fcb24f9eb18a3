import type { CellChange, Line, LineChange, LookChange, SheetChanges, WorkbookChanges } from './changes.ts'
import { styleOfPlace } from './style-of-place.ts'
import { styled } from './styled.ts'
import type { Cell, CellStyle, Column, Row, Sheet, Workbook } from './workbook.ts'

/** The workbook as it reads with some of its cells changed. */
export function withChanges(workbook: Workbook, changes: WorkbookChanges): Workbook {
  const styles = [...workbook.styles]
  const sheets = workbook.sheets.map((sheet) => {
    const asked = changes.get(sheet.name)
    return asked ? changedSheet(sheet, asked, styles) : sheet
  })
  return { ...workbook, sheets, styles }
}

function changedSheet(sheet: Sheet, changes: SheetChanges, styles: CellStyle[]): Sheet {
  const { merges, frozen, columns = [] } = changes
  return {
    ...sheet,
    rows: changedRows(sheet, changes, styles),
    columns: columnsWith(sheet.columns, columns),
    ...(merges && { merges }),
    ...(frozen && { frozen }),
  }
}

function changedRows(sheet: Sheet, changes: SheetChanges, styles: CellStyle[]): readonly Row[] {
  const { typed, calculated, looks = [], rows: lines = [] } = changes
  const rows = new Map<number, Building>()
  for (const row of sheet.rows) rows.set(row.index, { row })
  const put = (index: number, column: number, change: (before: Cell | undefined) => Cell | undefined) => {
    const building = rows.get(index) ?? { row: { index, cells: [] } }
    building.cells ??= new Map(building.row.cells.map((cell) => [cell.column, cell]))
    const after = change(building.cells.get(column))
    if (!after) return
    building.cells.set(column, after)
    rows.set(index, building)
  }
  const base = (row: number, column: number): number => styleOfPlace(sheet, rows.get(row)?.row, column)
  const styleNumber = styleNumbers(styles)
  for (const { row, column, value } of calculated) put(row, column, (before) => before && { ...before, value })
  for (const change of typed) {
    const { row, column, format } = change
    put(row, column, (before) => {
      const style = before?.style ?? base(row, column)
      return typedCell(change, format === undefined ? style : styleNumber(style, { format }))
    })
  }
  for (const { row, column, look } of looks) {
    put(row, column, (before = { column, value: null, style: base(row, column) }) => ({
      ...before,
      style: styleNumber(before.style, look),
    }))
  }
  for (const { index, ...line } of lines) {
    const building = rows.get(index) ?? { row: { index, cells: [] } }
    rows.set(index, { ...building, row: rowWith(building.row, line) })
  }
  return [...rows.values()].map(built).sort((one, other) => one.index - other.index)
}

/** A row, and its cells by their columns where some of them change. */
interface Building {
  readonly row: Row
  cells?: Map<number, Cell>
}

const built = ({ row, cells }: Building): Row =>
  cells ? { ...row, cells: [...cells.values()].sort((one, other) => one.column - other.column) } : row

const typedCell = ({ column, value, formula }: CellChange, style: number): Cell => ({
  column,
  value,
  style,
  ...(formula !== undefined && { formula }),
})

/** Numbers of styles that are as others but for a look. They are added where they are not there. */
function styleNumbers(styles: CellStyle[]): (style: number, look: LookChange['look']) => number {
  const made = new Map<string, number>()
  return (style, look) => {
    const key = `${style} ${JSON.stringify(look)}`
    const known = made.get(key)
    const base = styles[style] ?? styles[0]
    if (known !== undefined || !base) return known ?? style
    const number = styles.push(styled(base, look)) - 1
    made.set(key, number)
    return number
  }
}

function rowWith(row: Row, { size, isHidden }: Line): Row {
  const { isHidden: wasHidden, ...rest } = row
  const hides = isHidden ?? wasHidden ?? false
  return { ...rest, ...(size !== undefined && { height: size }), ...(hides && { isHidden: true }) }
}

/** Columns with some of them changed, each of which then stands alone. */
export function columnsWith(columns: readonly Column[], changes: readonly LineChange[]): readonly Column[] {
  const asked = [...changes].sort((one, other) => one.index - other.index)
  const own = asked.map(({ index, size, isHidden }): Column => {
    const { isHidden: wasHidden, ...rest } = columns.find(({ from, to }) => index >= from && index <= to) ?? {}
    const hides = isHidden ?? wasHidden ?? false
    const place = { from: index, to: index }
    return { ...rest, ...place, ...(size !== undefined && { width: size }), ...(hides && { isHidden: true }) }
  })
  const kept = columns.flatMap((column) => without(column, asked))
  return [...kept, ...own].sort((one, other) => one.from - other.from)
}

/** What is left of a stretch of columns without some of them. */
function without(column: Column, gone: readonly LineChange[]): readonly Column[] {
  const left: Column[] = []
  let { from } = column
  for (const { index } of gone) {
    if (index < from || index > column.to) continue
    if (index > from) left.push({ ...column, from, to: index - 1 })
    from = index + 1
  }
  return from <= column.to ? [...left, { ...column, from }] : left
}
