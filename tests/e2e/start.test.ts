import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { comparePackages } from '../../apps/office/src/documents/package/compare-packages.ts'
import { openPackage } from '../../apps/office/src/documents/package/package.ts'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { launch, until } from './desk.ts'
import { officeIn, typeBehind, typeInto } from './hands.ts'
import { asLibreOfficeReads } from './libre-office.ts'
import { type Started, start } from './started.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const root = fileURLToPath(new URL('../..', import.meta.url))
let browser: Browser
let workspace: string
let started: Started

beforeAll(async () => {
  await buildPages()
  browser = await launch()
})
afterAll(() => browser.close())
beforeEach(async () => {
  workspace = await freshWorkspace()
  started = await start('npm', ['start', '--', '--port', '0'], workspace)
})
afterEach(async () => {
  await started.stop()
  await rm(workspace, { recursive: true, force: true })
})

/** The workspace as it was cloned and built, without the copies of samples that a developer has been working on. */
async function freshWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-start-'))
  await mkdir(join(folder, 'scripts'))
  for (const name of ['package.json', 'scripts/start.js', 'samples']) {
    await cp(join(root, name), join(folder, name), { recursive: true })
  }
  for (const name of ['apps', 'packages', 'node_modules']) await symlink(join(root, name), join(folder, name))
  return folder
}

const sample = (name: string) => readFile(join(root, 'samples', name))
const onDisk = (name: string) => readFile(join(workspace, 'sample-documents', name))

/** Clicks a document in the list, as someone does who has just started it. */
async function openFromList(name: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(started.url)
  await page.getByText(name, { exact: true }).first().dblclick()
  return page
}

/** Leaves a document by its own button, which is to wait for what was typed just before. */
async function close(page: Page): Promise<void> {
  await officeIn(page).getByRole('button', { name: 'Close', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/open/'))
}

test('after npm start, words typed into a Word document are in the file, and another program reads them there', async () => {
  const page = await openFromList('Welcome letter.docx')
  await typeBehind(page, 'Hello,', ' dear Zebra')
  await close(page)
  const text = async () =>
    new TextDecoder().decode(openPackage(await onDisk('Welcome letter.docx')).read('word/document.xml'))
  await until(async () => (await text()).includes('dear Zebra'), 'the words are on disk')
  const after = await onDisk('Welcome letter.docx')
  expect(await asLibreOfficeReads(after, 'letter.docx', 'txt:Text (encoded):UTF8')).toContain('Hello, dear Zebra')
  const changes = comparePackages(openPackage(await sample('Welcome letter.docx')), openPackage(after))
  expect(changes).toEqual([{ name: 'word/document.xml', is: 'changed' }])
})

test('after npm start, a number and a formula typed into a workbook are in the file, with what they come to', async () => {
  const page = await openFromList('Household budget.xlsx')
  await typeInto(page, 'B5', '4242')
  await typeInto(page, 'E3', '=E5*2')
  const sheet = async () => {
    const bytes = openPackage(await onDisk('Household budget.xlsx')).read('xl/worksheets/sheet1.xml')
    return new TextDecoder().decode(bytes)
  }
  await until(async () => (await sheet()).includes('<f>E5*2</f><v>16884</v>'), 'the formula is on disk')
  await close(page)
  const table = await asLibreOfficeReads(await onDisk('Household budget.xlsx'), 'budget.xlsx', 'csv')
  const plain = table.split('\n').map((line) => line.replace(/[",]|\.00/g, ''))
  expect(plain[2]).toMatch(/16884$/)
  expect(plain[4]).toBe('Salary4242210021008442')
})

test('after npm start, a note that was put on a PDF just before it was closed is in the file', async () => {
  const page = await openFromList('Questions.pdf')
  await officeIn(page).getByRole('button', { name: 'Add a note' }).click()
  await page.keyboard.type('Ask the Zebra')
  await close(page)
  const before = await sample('Questions.pdf')
  await until(async () => (await onDisk('Questions.pdf')).length > before.length, 'the PDF has changed on disk')
  const after = await onDisk('Questions.pdf')
  expect(after.subarray(0, before.length).equals(before)).toBe(true)
  const [first] = (await PDFDocument.load(after)).getPages()
  expect(String(first?.node.Annots())).not.toBe('undefined')
})
