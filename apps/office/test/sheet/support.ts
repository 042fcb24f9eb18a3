import { readFileSync } from 'node:fs'
import { openPackage } from '../../src/documents/package/package.ts'
import { readWorkbook } from '../../src/documents/sheet/read/read-workbook.ts'
import { readPlace } from '../../src/documents/sheet/reference.ts'
import type { Cell, Workbook } from '../../src/documents/sheet/workbook.ts'
import type { Seat } from '../support/browser.ts'
import { until } from '../support/setup.ts'

/** The workbook among the samples. */
export const budget = readFileSync(new URL('../../../../samples/Household budget.xlsx', import.meta.url))

let last: { readonly bytes: Uint8Array; readonly workbook: Workbook } | undefined

/** What is in a workbook. Whoever waits for a change asks again and again of the same bytes: those are read once. */
function workbookOf(bytes: Uint8Array): Workbook {
  if (!last || Buffer.compare(last.bytes, bytes) !== 0) last = { bytes, workbook: readWorkbook(openPackage(bytes)) }
  return last.workbook
}

/** A cell of a workbook, as its file has it. */
export function cellOf(bytes: Uint8Array, sheet: string, name: string): Cell | undefined {
  const place = readPlace(name)
  const found = workbookOf(bytes).sheets.find((one) => one.name === sheet)
  return found?.rows.find(({ index }) => index === place?.row)?.cells.find(({ column }) => column === place?.column)
}

/** Whether key strokes go to the grid. */
const isReady = ({ office }: Seat): Promise<boolean> =>
  office.locator('.grid [contenteditable]').evaluateAll((all) => all.some((one) => one === document.activeElement))

const nameBox = ({ office }: Seat) => office.locator('.grid [data-u-comp="defined-name"] input')

/** Waits for the grid to be there. */
export async function gridOf(seat: Seat): Promise<void> {
  await seat.office.locator('.grid canvas').first().waitFor()
  await until(() => isReady(seat))
}

/** Goes to a cell by its name. */
export async function goTo(seat: Seat, name: string): Promise<void> {
  await nameBox(seat).fill(name)
  await seat.page.keyboard.press('Enter')
  await until(() => isReady(seat))
}

/** Types into a cell as a person does it. */
export async function typeInto(seat: Seat, name: string, text: string): Promise<void> {
  await goTo(seat, name)
  await seat.page.keyboard.type(text)
  await seat.page.keyboard.press('Enter')
}

/** What a screen reader is told of the cell that is selected. */
export const spoken = async ({ office }: Seat): Promise<string> =>
  (await office.locator('.spoken-cell').textContent()) ?? ''

/** How a number in a cell is shown. */
export function formatOf(bytes: Uint8Array, sheet: string, name: string): string | undefined {
  const cell = cellOf(bytes, sheet, name)
  return cell && workbookOf(bytes).styles[cell.style]?.format
}
