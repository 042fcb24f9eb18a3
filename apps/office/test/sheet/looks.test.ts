import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openPackage } from '../../src/documents/package/package.ts'
import { readWorkbook } from '../../src/documents/sheet/read/read-workbook.ts'
import type { CellStyle } from '../../src/documents/sheet/workbook.ts'
import { launch, type Seat, sitDown } from '../support/browser.ts'
import { buildPages } from '../support/built-pages.ts'
import { type Setup, setUp, until } from '../support/setup.ts'
import { smallWorkbook } from './small-workbook.ts'
import { budget, cellOf, goTo, gridOf, typeInto } from './support.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 90_000 })

let browser: Browser
let setup: Setup

beforeAll(async () => {
  await buildPages()
  browser = await launch()
})
afterAll(() => browser.close())
beforeEach(async () => {
  setup = await setUp()
})
afterEach(() => setup.close())

const sheetOf = (bytes: Uint8Array, name: string) => {
  const { sheets, styles } = readWorkbook(openPackage(bytes))
  const sheet = sheets.find((one) => one.name === name)
  if (!sheet) throw new Error(`there is no ${name}`)
  return { ...sheet, styles }
}
const styleOf = (bytes: Uint8Array, sheet: string, cell: string): CellStyle | undefined =>
  sheetOf(bytes, sheet).styles[cellOf(bytes, sheet, cell)?.style ?? 0]
const tool = (seat: Seat, command: string) => seat.office.locator(`[data-u-comp="headerbar"] [data-u-command="${command}"]:visible`).first()

test('cells that are made bold and coloured are so in the file, and what they hold stays', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await sitDown(browser, setup, file)
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
  expect(anna.requests.filter((url) => /google|unpkg|jsdelivr/.test(url))).toEqual([])
})
