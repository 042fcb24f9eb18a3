import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'
import type { GridPlace } from './grid-place.ts'

/** By what `foreignFormulas` names a cell. */
export const foreignKey = ({ sheet, row, column }: GridPlace): string => `${sheet} ${row} ${column}`

/** The cells whose formulas cannot be calculated here. */
export function foreignFormulas({ sheets }: Workbook, canCalculate: (formula: string) => boolean): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [sheet, { rows }] of sheets.entries()) {
    for (const { index, cells } of rows) {
      for (const { column, formula, isBlock } of cells) {
        const isForeign = formula !== undefined && (isBlock || !canCalculate(formula))
        if (isForeign) found.add(foreignKey({ sheet, row: index, column }))
      }
    }
  }
  return found
}
