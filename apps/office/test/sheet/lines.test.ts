import { expect, test } from 'vitest'
import { openPackage } from '../../src/documents/package/package.ts'
import { readWorkbook } from '../../src/documents/sheet/read/read-workbook.ts'
import { boxOf } from '../support/box-of.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { budget, cellOf, goTo, gridOf } from './support.ts'

const setup = officeInBrowser()

async function opened(context: Parameters<typeof setup.sitDown>[1] = {}) {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file, context)
  await gridOf(anna)
  const bytes = () => host.bytes(file)
  const sheet = async () => readWorkbook(openPackage(await bytes())).sheets.find(({ name }) => name === 'Budget')
  return { anna, bytes, sheet }
}

/** Opens the menu of the row that the cursor is in. */
async function menuOfRow(seat: Seat, y: number): Promise<void> {
  const grid = seat.office.locator('.grid canvas').last()
  await grid.click({ button: 'right', position: { x: 20, y } })
  await seat.office.getByText('Hide Selected Row').waitFor()
}

/** Where row 10 is in the grid: in pixels from its top, header included. */
const tenth = 226

test('a row is hidden by the mouse, in the file too, and what is in it still counts', async () => {
  const { anna, bytes, sheet } = await opened()
  await menuOfRow(anna, tenth)
  await anna.office.getByText('Hide Selected Row').click()
  await until(async () => (await sheet())?.rows.find(({ index }) => index === 9)?.isHidden)
  expect((await sheet())?.rows.filter(({ isHidden }) => isHidden).map(({ index }) => index)).toEqual([9])
  expect(cellOf(await bytes(), 'Budget', 'B17')).toEqual(cellOf(budget, 'Budget', 'B17'))
  await anna.office.getByRole('button', { name: 'Undo' }).click()
  await until(async () => (await bytes()).equals(budget))
  expect(anna.problems).toEqual([])
})

test('a row is made higher by dragging its edge', async () => {
  const { anna, sheet } = await opened()
  const heightOf = async (row: number) => (await sheet())?.rows.find(({ index }) => index === row)?.height
  const before = await heightOf(9)
  const box = await boxOf(anna.office.locator('.grid canvas').last())
  const edge = { x: box.x + 20, y: box.y + tenth + 10 }
  await anna.page.mouse.move(edge.x, edge.y - 4, { steps: 5 })
  await anna.page.mouse.move(edge.x, edge.y, { steps: 5 })
  await anna.page.mouse.down()
  await anna.page.mouse.move(edge.x, edge.y + 40, { steps: 10 })
  await anna.page.mouse.up()
  // Forty pixels are thirty points.
  await until(async () => ((await heightOf(9)) ?? 0) > (before ?? 15) + 20)
  expect(anna.problems).toEqual([])
})

test('the rows above one are frozen, and let go of again', async () => {
  const { anna, sheet } = await opened()
  expect((await sheet())?.frozen).toEqual({ rows: 4, columns: 0 })
  await menuOfRow(anna, tenth)
  await anna.office.getByText('Freeze', { exact: true }).hover()
  await anna.office.getByText('Freeze to row 9').click()
  await until(async () => (await sheet())?.frozen.rows === 9)
  await menuOfRow(anna, tenth)
  await anna.office.getByText('Freeze', { exact: true }).hover()
  await anna.office.getByText('Cancel freeze').click()
  await until(async () => (await sheet())?.frozen.rows === 0)
  expect(anna.problems).toEqual([])
})

test('what another program has copied is pasted into cells', async () => {
  const { anna, bytes } = await opened({ context: { permissions: ['clipboard-read', 'clipboard-write'] } })
  await anna.page.evaluate(() => navigator.clipboard.writeText('one\ttwo\n3\t=B5*2'))
  await goTo(anna, 'G10')
  await anna.page.keyboard.press('Control+v')
  await until(async () => cellOf(await bytes(), 'Budget', 'H11')?.value === 4200)
  const after = await bytes()
  const values = ['G10', 'H10', 'G11'].map((name) => cellOf(after, 'Budget', name)?.value)
  expect(values).toEqual(['one', 'two', 3])
  expect(cellOf(after, 'Budget', 'H11')?.formula).toBe('B5*2')
  expect(anna.problems).toEqual([])
})

test('cells are copied with their formulas, which go along', async () => {
  const { anna, bytes } = await opened({ context: { permissions: ['clipboard-read', 'clipboard-write'] } })
  await goTo(anna, 'E5')
  await anna.page.keyboard.press('Control+c')
  await goTo(anna, 'G6')
  await anna.page.keyboard.press('Control+v')
  await until(async () => cellOf(await bytes(), 'Budget', 'G6')?.formula === 'SUM(D6:F6)')
  await until(async () => cellOf(await bytes(), 'Budget', 'G6')?.value === 660)
  // The page takes no looks from the clipboard: a copy brings along those that the grid itself has kept.
  expect(anna.problems.filter((problem) => !problem.includes('inline style'))).toEqual([])
})

test('the font of a cell is shown by its name, and another one is chosen', async () => {
  const { anna, bytes } = await opened()
  const fontOf = async (cell: string) => {
    const after = await bytes()
    return readWorkbook(openPackage(after)).styles[cellOf(after, 'Budget', cell)?.style ?? 0]?.font.name
  }
  await goTo(anna, 'B5')
  const box = anna.office.locator('[data-u-command="sheet.command.set-range-font-family"]:visible').first()
  const shown = () => box.locator('input').inputValue()
  await expect.poll(shown).toBe('Calibri')
  await box.click()
  const offered = anna.office.getByRole('menu').getByRole('button')
  const fonts = ['Arial', 'Calibri', 'Cambria', 'Courier New', 'Times New Roman']
  await expect.poll(() => offered.allTextContents()).toEqual(fonts)
  await offered.filter({ hasText: 'Times New Roman' }).click()
  await until(async () => (await fontOf('B5')) === 'Times New Roman')
  await until(async () => (await shown()) === 'Times New Roman')
  expect([await fontOf('B6'), anna.problems]).toEqual(['Calibri', []])
})
