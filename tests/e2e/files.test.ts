import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Desk, launch, openDesk, until } from './desk.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

let browser: Browser
let desk: Desk

beforeAll(async () => {
  browser = await launch()
})
afterEach(() => desk.close())
afterAll(() => browser.close())

const isThere = (name: string) =>
  access(join(desk.folder, name)).then(
    () => true,
    () => false,
  )

async function menuOf(page: Page, name: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}

test('a file that is dropped is uploaded into the folder', async () => {
  desk = await openDesk(browser, { 'a.txt': 'a' })
  const page = await desk.page()
  await page.goto(desk.url())
  await page.getByText('a.txt', { exact: true }).waitFor()
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['dropped text'], 'dropped.txt', { type: 'text/plain' }))
    return transfer
  })
  for (const kind of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('main', kind, { dataTransfer: dropped })
  await page.getByText('dropped.txt', { exact: true }).first().waitFor()
  await until(
    async () => (await isThere('dropped.txt')) && (await desk.onDisk('dropped.txt')) === 'dropped text',
    'the file is on disk',
  )
})

test('a file is renamed, deleted, and brought back', async () => {
  desk = await openDesk(browser, { 'old.txt': 'text' })
  const page = await desk.page()
  await page.goto(desk.url())
  await menuOf(page, 'old.txt', 'Rename')
  await page.getByLabel('New name for old.txt').fill('new.txt')
  await page.keyboard.press('Enter')
  await until(async () => (await isThere('new.txt')) && !(await isThere('old.txt')), 'the file has its new name')
  await menuOf(page, 'new.txt', 'Delete')
  await until(async () => !(await isThere('new.txt')), 'the file is gone')
  await page.getByRole('button', { name: 'Undo' }).click()
  await until(() => isThere('new.txt'), 'the file is back')
  expect(await desk.onDisk('new.txt')).toBe('text')
})

test('an earlier version is restored', async () => {
  desk = await openDesk(browser, { 'notes.txt': 'first' })
  const page = await desk.page()
  const editor = await desk.open(page, 'notes.txt')
  await editor.locator('.cm-content').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' second')
  await until(async () => (await desk.onDisk('notes.txt')) === 'first second', 'the second version is on disk')
  await page.goto(desk.url())
  await until(async () => (await desk.lockOf('notes.txt')) === '', 'the editor has let go of the file')
  await menuOf(page, 'notes.txt', 'Versions')
  await page
    .getByRole('button', { name: /Restore the version of/ })
    .first()
    .click()
  await until(async () => (await desk.onDisk('notes.txt')) === 'first', 'the first version is back')
})
