import type { FieldTable } from '../../../../src/documents/csv/fields.ts'
import type { CellValue, Workbook } from '../../../../src/documents/sheet/workbook.ts'

const narrowest = 8
const widest = 40

/** A table of separated values as the grid shows it. */
export function csvWorkbook({ rows }: FieldTable): Workbook {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, { value }] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, value.length)
  }
  const style = { format: 'General', font: { name: 'Arial', size: 10 }, borders: {}, isLocked: false }
  return {
    styles: [style],
    is1904: false,
    names: [],
    active: 0,
    unseen: [],
    obstacles: [],
    sheets: [
      {
        name: 'Table',
        part: '',
        visibility: 'visible',
        rows: rows.map((row, index) => ({
          index,
          cells: row.map(({ value }, column) => ({ column, value: gridValueOf(value), style: 0 })),
        })),
        columns: widths.map((width, index) => ({
          from: index,
          to: index,
          width: Math.max(narrowest, Math.min(widest, width + 2)),
        })),
        defaultWidth: undefined,
        defaultHeight: undefined,
        merges: [],
        frozen: { rows: 0, columns: 0 },
        showsGrid: true,
        isRightToLeft: false,
        tabColor: undefined,
        isProtected: false,
        held: [],
        tables: [],
        links: [],
        isCut: false,
      },
    ],
  }
}

/** A field is a number where it reads exactly as that number does: `1.50` and `007` stay what they are. */
export function gridValueOf(value: string): CellValue {
  if (value === '') return null
  const number = Number(value)
  return Number.isFinite(number) && String(number) === value ? number : value
}
