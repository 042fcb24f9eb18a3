import { readCells } from '../read/read-cells.ts'
import type { CellMark, SheetMarks } from '../read/sheet-marks.ts'
import { placeName } from '../reference.ts'
import type { Cell, Column, Held, Row } from '../workbook.ts'

/** A cell that is there: what it says, and where. */
export interface KnownCell {
  readonly mark: CellMark
  readonly cell: Cell
}

/** What a sheet holds before it is changed. */
export interface KnownCells {
  readonly xml: string
  /** By the names of their places. */
  readonly cells: ReadonlyMap<string, KnownCell>
  /** By their indices. */
  readonly rows: ReadonlyMap<number, Row>
  readonly columns: readonly Column[]
  readonly blocks: readonly Held[]
}

/** Reads the cells of a sheet together with their places. */
export function knownCells(marks: SheetMarks, strings: readonly string[], columns: readonly Column[]): KnownCells {
  const { rows, held } = readCells(marks, strings)
  const cells = new Map<string, KnownCell>()
  for (const [at, row] of marks.rows.entries()) {
    for (const [index, mark] of row.cells.entries()) {
      const cell = rows[at]?.cells[index]
      if (cell) cells.set(placeName(mark.place), { mark, cell })
    }
  }
  return { xml: marks.xml, cells, rows: new Map(rows.map((row) => [row.index, row])), columns, blocks: held }
}

/** The style of a cell that is not there: its row's, else its column's. */
export function styleOfNew({ rows, columns }: KnownCells, row: number, column: number): number {
  return rows.get(row)?.style ?? columns.find(({ from, to }) => column >= from && column <= to)?.style ?? 0
}
