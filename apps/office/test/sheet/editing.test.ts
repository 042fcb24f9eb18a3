import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { launch, sitDown } from '../support/browser.ts'
import { buildPages } from '../support/built-pages.ts'
import { type Setup, setUp, until } from '../support/setup.ts'
import { budget, cellOf, gridOf, typeInto } from './support.ts'

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

test('a number that is typed into a cell is saved with what depends on it, and with nothing else', async () => {
  const { host } = setup
  const file = await host.add('Budget.xlsx', budget)
  const anna = await sitDown(browser, setup, file)
  await gridOf(anna)
  await typeInto(anna, 'B5', '4242')
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'B5')?.value === 4242)
  await until(async () => cellOf(await host.bytes(file), 'Budget', 'E5')?.value === 8442)
  await until(async () => (await anna.state()).startsWith('Saved at '))
  const after = await host.bytes(file)
  expect(cellOf(after, 'Budget', 'E5')).toMatchObject({ value: 8442, formula: 'SUM(B5:D5)' })
  expect(comparePackages(openPackage(budget), openPackage(after))).toEqual([
    { name: 'xl/worksheets/sheet1.xml', is: 'changed' },
  ])
  expect(anna.problems).toEqual([])
  const { origin } = new URL(setup.office.url)
  expect(
    anna.requests.filter(
      (url) => ![origin, setup.host.origin].includes(new URL(url).origin) && !url.startsWith('blob:'),
    ),
  ).toEqual([])
})
