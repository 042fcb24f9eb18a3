import type { ILanguagePack } from '@univerjs/core'
import type { Area } from '../../../../src/documents/sheet/reference.ts'
import type { SharedCell } from '../../../../src/documents/sheet/typed-cells.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'
import type { LayoutEvents } from './grid-layout.ts'
import type { GridPlace } from './grid-place.ts'

/** A cell of the grid, and what is in it. */
export type GridCell = GridPlace & SharedCell

/** What the user of a grid does, and is let do. */
export interface GridEvents extends LayoutEvents {
  /** Cells that the user has given another content. */
  typed(cells: readonly GridCell[]): void
  /** What formulas have come to. */
  calculated(cells: readonly GridCell[]): void
  /** What is selected now. */
  selected(sheet: number, area: Area): void
  /** What stands in the cell where the cursor is: called when that becomes another one, or gets another content. */
  at(cell: GridCell): void
  /** Whether the user may change this cell. Whoever says no, tells them why. */
  mayChange(place: GridPlace): boolean
  /** Formulas have come to more than one value, and fill other cells too. */
  spilled(places: readonly GridPlace[]): void
  /** The user has asked for something that is not done here, or for more than a cell holds. */
  refused(why: 'refused' | 'too long' | 'too many'): void
  /** Whether the user may change the looks and the layout of a sheet. Whoever says no, tells them why. */
  mayLayOut(sheet: number): boolean
  /** Whether cells of a sheet look as they do whatever is typed into them: it is protected. */
  keepsLooks(sheet: number): boolean
  mayMerge(sheet: number, area: Area): boolean
}

/** Someone else's selection. */
export interface Mark {
  readonly sheet: number
  readonly area: Area
  /** As CSS has it. */
  readonly color: string
}

export interface GridContent {
  readonly workbook: Workbook
  /** Which formulas are live. */
  readonly canCalculate: (formula: string) => boolean
  /** Whether more than the content of cells can be changed. */
  readonly hasTools: boolean
  /** Of the grid's own menus. */
  readonly words: ILanguagePack
}
