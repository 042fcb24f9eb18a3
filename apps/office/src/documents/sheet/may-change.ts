import { contains, type Place } from './reference.ts'
import type { Held, Sheet, Workbook } from './workbook.ts'

/** Why a cell is not changed. */
export type WhyFixed = Held['by'] | 'protection'

/** Why this cell stays as it is. `undefined`: it may be changed. */
export function whyFixed(workbook: Workbook, sheet: Sheet, place: Place): WhyFixed | undefined {
  const held = sheet.held.find(({ area }) => contains(area, place))
  if (held) return held.by
  return sheet.isProtected && isLocked(workbook, sheet, place) ? 'protection' : undefined
}

function isLocked({ styles }: Workbook, { rows, columns }: Sheet, { row, column }: Place): boolean {
  const found = rows.find(({ index }) => index === row)
  const cell = found?.cells.find((one) => one.column === column)
  const style = cell?.style ?? found?.style ?? columns.find(({ from, to }) => column >= from && column <= to)?.style
  return styles[style ?? 0]?.isLocked ?? true
}
