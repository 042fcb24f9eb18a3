import type { CellMark, SheetMarks } from '../read/sheet-marks.ts'
import { placeName } from '../reference.ts'
import type { Cell, Column, Row, Sheet } from '../workbook.ts'

/** A cell that is there: what it says, and where. */
export interface KnownCell {
  readonly mark: CellMark
  readonly cell: Cell
}

/** What a sheet holds before it is changed. */
export interface KnownCells {
  readonly xml: string
  at(place: { readonly row: number; readonly column: number }): KnownCell | undefined
  /** By their indices. */
  readonly rows: ReadonlyMap<number, Row>
  readonly columns: readonly Column[]
}

/** The cells of a sheet together with their places in its part, which both must be of. */
export function knownCells(marks: SheetMarks, { rows, columns }: Sheet): KnownCells {
  const marked = new Map(marks.rows.map((row, at) => [row.index, { row, read: rows[at] }]))
  return {
    xml: marks.xml,
    rows: new Map(rows.map((row) => [row.index, row])),
    columns,
    at(place) {
      const { row, read } = marked.get(place.row) ?? {}
      const at = row?.cells.findIndex((one) => one.place.column === place.column) ?? -1
      const [mark, cell] = [row?.cells[at], read?.cells[at]]
      if (mark && cell?.column !== place.column) throw new Error(`${placeName(place)} was read from another sheet`)
      return mark && cell && { mark, cell }
    },
  }
}
