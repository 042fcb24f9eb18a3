import type { Workbook } from './workbook.ts'

/** Days from 1 January 1904 to the day that others count from. */
const days = 1_462

/** A workbook that counts days from 1904 as others count them, to be shown. Its formulas are left out: they would not fit. */
export function from1904(workbook: Workbook): Workbook {
  if (!workbook.is1904) return workbook
  const isDate = workbook.styles.map(({ format }) =>
    /[ymdhs]/i.test(format.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]/gi, '')),
  )
  const sheets = workbook.sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map((row) => ({
      ...row,
      cells: row.cells.map(({ formula: _formula, ...cell }) =>
        typeof cell.value === 'number' && isDate[cell.style] ? { ...cell, value: cell.value + days } : cell,
      ),
    })),
  }))
  return { ...workbook, sheets }
}
