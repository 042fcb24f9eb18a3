import { readFileSync } from 'node:fs'
import { openPackage } from '../../src/documents/package/package.ts'
import { readWorkbook } from '../../src/documents/sheet/read/read-workbook.ts'
import { readPlace } from '../../src/documents/sheet/reference.ts'
import type { Cell } from '../../src/documents/sheet/workbook.ts'
import type { Seat } from '../support/browser.ts'

/** The workbook among the samples. */
export const budget = readFileSync(new URL('../../../../samples/Household budget.xlsx', import.meta.url))

/** A cell of a workbook, as its file has it. */
export function cellOf(bytes: Uint8Array, sheet: string, name: string): Cell | undefined {
  const place = readPlace(name)
  const found = readWorkbook(openPackage(bytes)).sheets.find((one) => one.name === sheet)
  return found?.rows.find(({ index }) => index === place?.row)?.cells.find(({ column }) => column === place?.column)
}

/** Waits for the grid to be there. */
export const gridOf = (seat: Seat) => seat.office.locator('.grid canvas').first().waitFor()

/** Goes to a cell by its name. */
export async function goTo({ office, page }: Seat, name: string): Promise<void> {
  const box = office.locator('[data-u-comp="defined-name"] input, .univer-formula-box input, .grid input').first()
  await box.fill(name)
  await page.keyboard.press('Enter')
}

/** Types into a cell as a person does it. */
export async function typeInto(seat: Seat, name: string, text: string): Promise<void> {
  await goTo(seat, name)
  await seat.page.keyboard.type(text)
  await seat.page.keyboard.press('Enter')
}
