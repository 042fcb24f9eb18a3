import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import type { Browser, FrameLocator } from 'playwright-core'
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

const textIn = (editor: FrameLocator) => editor.locator('.cm-content')

async function type(editor: FrameLocator, text: string): Promise<void> {
  await textIn(editor).click()
  await textIn(editor).press('Control+End')
  await textIn(editor).pressSequentially(text)
}

const saves = () => desk.log.filter((event) => event['operation'] === 'putFile' && event['status'] === 200).length

test('a document is opened, typed into, saved by itself and closed, and the file on disk has changed', async () => {
  desk = await openDesk(browser, { 'letter.txt': 'Dear reader,\r\n' })
  const page = await desk.page()
  const editor = await desk.open(page, 'letter.txt')
  await type(editor, 'this was typed.')
  await until(
    async () => (await desk.onDisk('letter.txt')) === 'Dear reader,\r\nthis was typed.',
    'the text is on disk',
  )
  await editor
    .getByText(/Saved at/)
    .first()
    .waitFor()
  await type(editor, ' And more.')
  await page.close()
  await until(async () => (await desk.onDisk('letter.txt')).endsWith('And more.'), 'the last words are on disk')
  await until(async () => (await desk.lockOf('letter.txt')) === '', 'the lock is gone')
})

test('two people in one document see each other’s words, and both are on disk', async () => {
  desk = await openDesk(browser, { 'notes.md': '# Notes\n' })
  const ann = await desk.open(await desk.page(), 'notes.md')
  const bob = await desk.open(await desk.page(), 'notes.md')
  await type(ann, 'from Ann. ')
  await textIn(bob).getByText('from Ann.').waitFor()
  await type(bob, 'from Bob.')
  await textIn(ann).getByText('from Bob.').waitFor()
  await until(async () => (await desk.onDisk('notes.md')) === '# Notes\nfrom Ann. from Bob.', 'both are on disk')
})

test('a document opened to be read cannot be written', async () => {
  desk = await openDesk(browser, { 'notes.txt': 'as it was' })
  const page = await desk.page()
  await desk.open(page, 'notes.txt')
  await page.waitForURL(/\/open\//)
  const { pathname } = new URL(page.url())
  await page.goto(`${desk.url()}${pathname}?action=view`)
  const editor = page.frameLocator('iframe[name="office_frame"]')
  await textIn(editor).getByText('as it was').waitFor()
  expect(await textIn(editor).getAttribute('contenteditable')).toBe('false')
  await textIn(editor).click()
  await page.keyboard.type('intruder')
  await page.close()
  expect(await desk.onDisk('notes.txt')).toBe('as it was')
  expect(saves()).toBe(0)
})

test('a document that someone else has locked opens read-only and says why', async () => {
  desk = await openDesk(browser, { 'notes.md': 'as it was' })
  const { wopiSrc, accessToken } = await desk.token('notes.md')
  await createClient({ wopiSrc, accessToken }).lock({ lock: 'another editor' })
  const page = await desk.page()
  const editor = await desk.open(page, 'notes.md')
  await textIn(editor).getByText('as it was').waitFor()
  expect(await textIn(editor).getAttribute('contenteditable')).toBe('false')
  await until(
    async () =>
      /has (it|the file) open/.test(
        `${await page.locator('body').textContent()} ${await editor.locator('body').textContent()}`,
      ),
    'the reason is shown',
  )
})

test('a server that is restarted in mid-edit saves what was typed, before and while it was away', async () => {
  desk = await openDesk(browser, { 'notes.md': 'start. ' })
  const page = await desk.page()
  const editor = await desk.open(page, 'notes.md')
  await type(editor, 'before. ')
  await until(async () => (await desk.onDisk('notes.md')) === 'start. before. ', 'the first words are on disk')
  await desk.stop()
  await type(editor, 'meanwhile. ')
  await desk.start()
  await until(async () => (await desk.onDisk('notes.md')) === 'start. before. meanwhile. ', 'all words are on disk')
  await type(editor, 'after.')
  await until(
    async () => (await desk.onDisk('notes.md')) === 'start. before. meanwhile. after.',
    'and those typed after',
  )
})

test('a file changed by another program in mid-edit is kept, the edits go beside it, and the page says so', async () => {
  desk = await openDesk(browser, { 'report.txt': 'start. ' })
  const page = await desk.page()
  const editor = await desk.open(page, 'report.txt')
  await type(editor, 'mine. ')
  await until(async () => (await desk.onDisk('report.txt')) === 'start. mine. ', 'the first words are on disk')
  await writeFile(join(desk.folder, 'report.txt'), 'by another program')
  await type(editor, 'more of mine.')
  const copy = /report \(conflict .*\)\.txt/
  await page.getByText(copy).first().waitFor()
  const name = copy.exec((await page.locator('body').textContent()) ?? '')?.[0] ?? ''
  await until(async () => (await desk.onDisk(name)) === 'start. mine. more of mine.', 'the edits are in the copy')
  expect(await desk.onDisk('report.txt')).toBe('by another program')
})
