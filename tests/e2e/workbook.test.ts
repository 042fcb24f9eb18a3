import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { comparePackages } from '../../apps/office/src/documents/package/compare-packages.ts'
import { openPackage } from '../../apps/office/src/documents/package/package.ts'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { type Desk, launch, openDesk, until } from './desk.ts'
import { typeInto } from './hands.ts'
import { asLibreOfficeReads } from './libre-office.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const budget = new URL('../../samples/Household budget.xlsx', import.meta.url)
let browser: Browser
let desk: Desk

beforeAll(async () => {
  await buildPages()
  browser = await launch()
})
afterEach(() => desk.close())
afterAll(() => browser.close())

const sheetOnDisk = async () =>
  new TextDecoder().decode(
    openPackage(await readFile(join(desk.folder, 'Budget.xlsx'))).read('xl/worksheets/sheet1.xml'),
  )

test('a number is typed into a workbook: it and the sums that follow are on disk, and nothing else has changed', async () => {
  const before = await readFile(budget)
  desk = await openDesk(browser, { 'Budget.xlsx': before })
  const page = await desk.page()
  await desk.open(page, 'Budget.xlsx')
  await typeInto(page, 'B5', '4242')
  await until(async () => (await sheetOnDisk()).includes('<v>8442</v>'), 'the sum is on disk')
  await page.close()
  await until(async () => (await desk.lockOf('Budget.xlsx')) === '', 'the lock is gone')
  expect(await sheetOnDisk()).toContain('<c r="B5" s="3"><v>4242</v></c>')
  const after = openPackage(await readFile(join(desk.folder, 'Budget.xlsx')))
  expect(comparePackages(openPackage(before), after)).toEqual([{ name: 'xl/worksheets/sheet1.xml', is: 'changed' }])
  const table = await asLibreOfficeReads(await readFile(join(desk.folder, 'Budget.xlsx')), 'Budget.xlsx', 'csv')
  expect(table.split('\n')[4]?.replace(/[",]|\.00/g, '')).toBe('Salary4242210021008442')
})

test('a new workbook is begun from the list of files', async () => {
  desk = await openDesk(browser, {})
  const page = await desk.page()
  await page.goto(desk.url())
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await page.getByText('Excel workbook').click()
  await page.getByRole('textbox').last().fill('Plan.xlsx')
  await page.keyboard.press('Enter')
  await typeInto(page, 'A1', 'Hello')
  const size = async () => (await readFile(join(desk.folder, 'Plan.xlsx'))).length
  await until(async () => (await size()) > 0, 'the workbook is on disk')
  const text = async () =>
    new TextDecoder().decode(
      openPackage(await readFile(join(desk.folder, 'Plan.xlsx'))).read('xl/worksheets/sheet1.xml'),
    )
  await until(async () => (await text()).includes('Hello'), 'what was typed is on disk')
})
