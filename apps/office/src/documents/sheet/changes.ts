import type { Look } from './look.ts'
import type { Area, Place } from './reference.ts'
import type { CellValue, Sheet } from './workbook.ts'

/** What a cell is to hold. */
export interface CellChange extends Place {
  /** For a formula: what it comes to. */
  readonly value: CellValue
  /** Without the equals sign. */
  readonly formula?: string
  /** How numbers in it are shown. Absent: as before. */
  readonly format?: string
}

/** What a formula that nobody touched comes to now. */
export interface Calculation extends Place {
  readonly value: CellValue
}

/** How a cell is to look. */
export interface LookChange extends Place {
  readonly look: Look
}

/** What can be said of a whole row or column. Absent: as before. */
export interface Line {
  /** Of a column, in characters of the default font; of a row, in points. */
  readonly size?: number
  readonly isHidden?: boolean
}

export interface LineChange extends Line {
  /** Counted from zero. */
  readonly index: number
}

/** What becomes of one sheet. What is absent is as before. */
export interface SheetChanges {
  readonly typed: readonly CellChange[]
  readonly calculated: readonly Calculation[]
  readonly looks?: readonly LookChange[]
  readonly rows?: readonly LineChange[]
  readonly columns?: readonly LineChange[]
  /** All blocks of cells that are shown as one. */
  readonly merges?: readonly Area[]
  readonly frozen?: Sheet['frozen']
}

/** Changes by the names of their sheets. */
export type WorkbookChanges = ReadonlyMap<string, SheetChanges>

/** The most characters that a cell holds. */
export const longestText = 32_767

/** Whether two cells hold the same. */
export function isSameValue(one: CellValue, other: CellValue): boolean {
  if (typeof one === 'object' && one && typeof other === 'object' && other) return one.error === other.error
  return Object.is(one, other) || (one === 0 && other === 0)
}
