import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launch, sitDown } from '../support/browser.ts'
import { buildPages } from '../support/built-pages.ts'
import { type Setup, setUp, until } from '../support/setup.ts'
import { editing, letter, painted, partOf, typeBehind } from './support.ts'

vi.setConfig({ testTimeout: 120_000 })

let browser: Browser
let setup: Setup

beforeAll(async () => {
  await buildPages()
  browser = await launch()
  setup = await setUp()
})
afterAll(async () => {
  await setup.close()
  await browser.close()
})

test('a second person sees what the first one writes, takes over, and goes on', async () => {
  const { host } = setup
  const file = await host.add('Letter.docx', letter)
  const anna = await sitDown(browser, setup, file, { name: 'Anna Berg' })
  await editing(anna)
  const bob = await sitDown(browser, setup, file, { name: 'Bob Cole' })
  await painted(bob, 'Hello,').waitFor()
  await bob.office.locator('.notice').getByText('Someone else is writing').waitFor()
  await typeBehind(anna, 'Hello,', ' from Anna')
  await painted(bob, 'from Anna').waitFor()
  await bob.office.getByRole('button', { name: 'Write instead' }).click()
  await anna.office.locator('.notice').getByText('Someone else is writing').waitFor()
  await editing(bob)
  await typeBehind(bob, 'from Anna', ' and Bob')
  await painted(anna, 'and Bob').waitFor()
  await until(async () => partOf(await host.bytes(file)).includes('from Anna and Bob'))
  expect(partOf(await host.bytes(file))).toBe(partOf(letter).replace('Hello,', 'Hello, from Anna and Bob'))
  await bob.leave()
  await editing(anna)
  await typeBehind(anna, 'from Anna and Bob', ', again')
  await until(async () => partOf(await host.bytes(file)).includes('Bob, again'))
  await anna.leave()
})

test('a document that someone may only read is shown to them, and not changed', async () => {
  const { host } = setup
  const file = await host.add('Read me.docx', letter)
  const reader = await sitDown(browser, setup, file, { canOnlyRead: true })
  await painted(reader, 'Hello,').waitFor()
  expect(await reader.office.locator('.badge').isVisible()).toBe(true)
  await reader.leave()
})
