import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { comparePackages } from '../../apps/office/src/documents/package/compare-packages.ts'
import { openPackage } from '../../apps/office/src/documents/package/package.ts'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { partOf, textByLibreOffice } from '../../apps/office/test/word/support.ts'
import { type Desk, launch, openDesk, until } from './desk.ts'
import { typeBehind } from './hands.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const letter = new URL('../../samples/Welcome letter.docx', import.meta.url)
let browser: Browser
let desk: Desk

beforeAll(async () => {
  await buildPages()
  browser = await launch()
})
afterEach(() => desk.close())
afterAll(() => browser.close())

const onDisk = async (name: string) => readFile(join(desk.folder, name))

test('a Word document is opened, typed into and closed: the words are on disk, and nothing else has changed', async () => {
  const before = await readFile(letter)
  desk = await openDesk(browser, { 'Letter.docx': before })
  const page = await desk.page()
  await desk.open(page, 'Letter.docx')
  await typeBehind(page, 'Hello,', ' dear Zebra')
  await until(async () => partOf(await onDisk('Letter.docx')).includes('dear Zebra'), 'the words are on disk')
  await page.close()
  await until(async () => (await desk.lockOf('Letter.docx')) === '', 'the lock is gone')
  const after = await onDisk('Letter.docx')
  expect(comparePackages(openPackage(before), openPackage(after))).toEqual([
    { name: 'word/document.xml', is: 'changed' },
  ])
  expect(partOf(after)).toBe(partOf(before).replace('Hello,', 'Hello, dear Zebra'))
  const read = textByLibreOffice(after)
  if (read !== undefined) expect(read).toContain('Hello, dear Zebra')
})
