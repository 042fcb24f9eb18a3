import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPackage } from '../../src/documents/package/package.ts'
import { readWorkbook } from '../../src/documents/sheet/read/read-workbook.ts'
import type { CellStyle } from '../../src/documents/sheet/workbook.ts'
import { boxOf } from '../support/box-of.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { budget, cellOf, goTo, gridOf } from './support.ts'

const setup = officeInBrowser()

const sheetOf = (bytes: Uint8Array, name: string) => {
  const { sheets, styles } = readWorkbook(openPackage(bytes))
  const sheet = sheets.find((one) => one.name === name)
  if (!sheet) throw new Error(`there is no ${name}`)
  return { ...sheet, styles }
}
const styleOf = (bytes: Uint8Array, sheet: string, cell: string): CellStyle | undefined =>
  sheetOf(bytes, sheet).styles[cellOf(bytes, sheet, cell)?.style ?? 0]
/** What is on the paper when somebody prints. */
async function printedBy({ office }: Seat): Promise<Locator> {
  await office.locator('body').evaluate(() => Object.assign(window, { print() {} }))
  await office.getByRole('button', { name: 'Print' }).click()
  const paper = office.locator('.print-sheet table')
  await paper.waitFor({ state: 'attached' })
  return paper
}

/** Drags from one place of the grid to another, as seen from its header's corner. */
async function drag(
  { page, office }: Seat,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> {
  const box = await boxOf(office.locator('.grid canvas').last())
  await page.mouse.move(box.x + from.x, box.y + from.y, { steps: 5 })
  await page.mouse.down()
  await page.mouse.move(box.x + to.x, box.y + to.y, { steps: 10 })
  await page.mouse.up()
}

const tool = (seat: Seat, command: string) =>
  seat.office.locator(`[data-u-comp="headerbar"] [data-u-command="${command}"]:visible`).first()

test('cells that are made bold and coloured are so in the file, and what they hold stays', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await goTo(anna, 'B5')
  await anna.page.keyboard.press('Control+b')
  await until(async () => styleOf(await host.bytes(file), 'Budget', 'B5')?.font.isBold === true)
  await goTo(anna, 'B6:C6')
  await tool(anna, 'sheet.command.set-range-italic').click()
  await until(async () => styleOf(await host.bytes(file), 'Budget', 'C6')?.font.isItalic === true)
  const after = await host.bytes(file)
  const [was, is] = [styleOf(budget, 'Budget', 'B5'), styleOf(after, 'Budget', 'B5')]
  expect(is).toEqual({ ...was, font: { ...was?.font, isBold: true } })
  expect(cellOf(after, 'Budget', 'B5')?.value).toBe(2100)
  expect(styleOf(after, 'Budget', 'C5')).toEqual(styleOf(budget, 'Budget', 'C5'))
  expect(anna.problems).toEqual([])
  const ours = [new URL(setup.office.url).origin, setup.host.origin, 'null']
  expect(anna.requests.filter((url) => !ours.includes(new URL(url).origin))).toEqual([])
  await anna.office.getByRole('button', { name: 'Undo' }).click()
  await anna.office.getByRole('button', { name: 'Undo' }).click()
  await until(async () => styleOf(await host.bytes(file), 'Budget', 'B5')?.font.isBold === undefined)
  expect(Buffer.from(await host.bytes(file)).equals(budget)).toBe(true)
})

test('a column is made wider and cells are merged by one, and made bold by another', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file, { name: 'Anna Berg' })
  await gridOf(anna)
  const bert = await setup.sitDown(file, { name: 'Bert Cole' })
  await gridOf(bert)
  const edge = { x: 564.5, y: 10 }
  await drag(anna, edge, { x: edge.x + 70, y: edge.y })
  await until(async () => (sheetOf(await host.bytes(file), 'Budget').columns.at(-1)?.width ?? 0) > 20)
  await goTo(anna, 'A23:B24')
  await tool(anna, 'sheet.command.add-worksheet-merge').click()
  await anna.office.getByText(/^merge all$/i).click()
  await until(async () => sheetOf(await host.bytes(file), 'Budget').merges.some(({ from }) => from.row === 22))
  await goTo(anna, 'B3')
  await anna.page.keyboard.press('Control+i')
  await until(async () => styleOf(await host.bytes(file), 'Budget', 'B3')?.font.isItalic === true)
  // The host may have all of it before Bert does.
  await until(async () => {
    const seen = await printedBy(bert)
    const width = await seen
      .locator('col')
      .last()
      .evaluate((col) => Number.parseFloat(col.style.width))
    const style = await seen
      .locator('td')
      .first()
      .evaluate((cell) => cell.closest('table')?.rows[2]?.cells[1]?.style.fontStyle)
    return width > 140 && style === 'italic'
  }, 'Bert has a column that is wider, and letters in italics')
  await goTo(bert, 'E5')
  await tool(bert, 'sheet.command.set-range-bold').click()
  await until(async () => styleOf(await host.bytes(file), 'Budget', 'E5')?.font.isBold === true)
  const after = sheetOf(await host.bytes(file), 'Budget')
  expect(after.columns.map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [1, 3],
    [4, 4],
  ])
  expect(after.columns.slice(0, 2).map(({ width }) => width)).toEqual([22, 13])
  expect(cellOf(await host.bytes(file), 'Budget', 'E5')).toMatchObject({ value: 6300, formula: 'SUM(B5:D5)' })
  expect([...anna.problems, ...bert.problems]).toEqual([])
})

test('what cannot be kept is not offered', async () => {
  const file = await setup.host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await anna.office
    .locator('.grid canvas')
    .last()
    .click({ button: 'right', position: { x: 200, y: 200 } })
  await anna.office.getByText('Copy', { exact: true }).waitFor()
  const offered = await anna.office.locator('body').innerText()
  expect(offered).not.toMatch(/Insert|Protect/)
  await anna.page.keyboard.press('Escape')
  const tab = anna.office.locator('[data-u-comp="slide-tab-item"]').first()
  await tab.dblclick()
  await anna.page.keyboard.type('x')
  await tab.click({ button: 'right' })
  expect(await tab.textContent()).toBe('Budget')
  expect(await anna.office.locator('body').innerText()).not.toMatch(/Rename|Delete/)
  const bert = await setup.sitDown(file, { name: 'Bert Cole', wanted: 'view' })
  await gridOf(bert)
  expect(await tool(bert, 'sheet.command.set-range-bold').count()).toBe(0)
})

test('a text is found in values and formulas, and replaced in all of them', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  await goTo(anna, 'A1')
  await anna.page.keyboard.press('Control+h')
  const sought = anna.office.getByRole('textbox', { name: 'Find', exact: true })
  await sought.fill('rent')
  await until(async () => (await anna.office.locator('.find-bar output').textContent()) === '1 of 2')
  await anna.office.getByLabel('Match case').check()
  await anna.office.getByLabel('Whole cell').check()
  await sought.fill('Rent')
  await anna.office.getByRole('textbox', { name: 'Replace with' }).fill('Flat')
  await anna.office.getByRole('button', { name: 'Replace all' }).click()
  await anna.office.getByText('1 replaced').waitFor()
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'A10')?.value === 'Flat')
  await anna.office.getByLabel('Whole cell').uncheck()
  await sought.fill('SUM(B5')
  await anna.office.getByRole('textbox', { name: 'Replace with' }).fill('MAX(B5')
  await anna.office.getByRole('button', { name: 'Replace all' }).click()
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'E5')?.formula === 'MAX(B5:D5)')
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'E5')?.value === 2100)
})

test('a sheet is printed as a table, with values as they are shown', async () => {
  const file = await setup.host.add('Budget.xlsx', budget)
  const anna = await setup.sitDown(file)
  await gridOf(anna)
  const paper = await printedBy(anna)
  expect(await paper.locator('tr').nth(4).locator('td').allTextContents()).toEqual([
    'Salary',
    '2,100.00',
    '2,100.00',
    '2,100.00',
    '6,300.00',
  ])
  expect(
    await paper
      .locator('tr')
      .nth(3)
      .locator('td')
      .first()
      .evaluate((cell) => cell.style.fontWeight),
  ).toBe('bold')
  expect(await paper.locator('thead tr').count()).toBe(4)
  expect(anna.problems).toEqual([])
})
