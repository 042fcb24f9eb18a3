import type { Place } from './reference.ts'
import type { CellValue } from './workbook.ts'

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

/** What becomes of one sheet. */
export interface SheetChanges {
  readonly typed: readonly CellChange[]
  readonly calculated: readonly Calculation[]
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
