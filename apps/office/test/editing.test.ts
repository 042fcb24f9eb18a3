import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launch, sitDown } from './support/browser.ts'
import { buildPages } from './support/built-pages.ts'
import { type Setup, setUp, until } from './support/setup.ts'

let browser: Browser
let setup: Setup

beforeAll(async () => {
  buildPages()
  browser = await launch()
})
afterAll(() => browser.close())
beforeEach(async () => {
  setup = await setUp()
})
afterEach(() => setup.close())

test('what is typed is saved by itself, and the file is unlocked when the page is left', async () => {
  const { host } = setup
  const file = await host.add('notes.txt', 'first line\n')
  const anna = await sitDown(browser, setup, file)
  await anna.office.locator('.cm-content').waitFor()
  expect(await anna.state()).toBe('No changes')
  expect(await host.lockOf(file)).toMatchObject({ id: expect.stringMatching(/^openwopi-/) })
  await anna.type('second line')
  await until(async () => (await host.text(file)) === 'first line\nsecond line')
  await until(async () => (await anna.state()).startsWith('Saved at '))
  await anna.page.close()
  await until(async () => (await host.lockOf(file))?.id === undefined || (await host.lockOf(file))?.releasedAt)
  expect(anna.problems).toEqual([])
})
