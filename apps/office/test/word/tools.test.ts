import { expect, test } from 'vitest'
import { boxOf } from '../support/box-of.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { clickInto, painted } from './cursor.ts'
import { features, paragraph, run, wordDocument } from './documents.ts'
import { editing, letter, partOf } from './support.ts'

const setup = officeInBrowser()

/** Whether the first page is seen from its left edge to its right one, and not much smaller than it might be. */
async function isWithin({ office }: Seat, width: number): Promise<boolean> {
  const page = await boxOf(office.locator('.layout-page').first())
  return page.x >= 0 && page.x + page.width <= width && page.width > width * 0.8
}

const hideFrames = () => {
  const styles = new CSSStyleSheet()
  styles.replaceSync('iframe { display: none !important }')
  document.adoptedStyleSheets = [styles]
}

const found = ({ office }: Seat) => office.locator('.find-bar output').innerText()
const foundAny = (seat: Seat) => until(async () => (await found(seat)).includes(' of ') && found(seat))

test('Ctrl+F finds what is typed, Enter goes to the next place and Shift+Enter back, Escape ends it', async () => {
  const anna = await setup.sitDown(await setup.host.add('Letter.docx', letter))
  await editing(anna)
  await clickInto(anna, 'Hello,')
  await anna.page.keyboard.press('Control+f')
  await anna.page.keyboard.type('OPENWOPI')
  await until(async () => (await found(anna)).startsWith('1 of '))
  const of = Number((await found(anna)).split(' ').at(-1))
  await anna.page.keyboard.press('Enter')
  await expect.poll(() => found(anna)).toBe(`${Math.min(2, of)} of ${of}`)
  await anna.page.keyboard.press('Shift+Enter')
  await expect.poll(() => found(anna)).toBe(`1 of ${of}`)
  await anna.office.getByLabel('Match case').check()
  await expect.poll(() => found(anna)).toBe('Nothing found')
  await anna.office.getByLabel('Find', { exact: true }).last().press('Escape')
  await anna.office.locator('.find-bar').waitFor({ state: 'hidden' })
  expect(anna.problems).toEqual([])
  await anna.leave()
})

test('replaced text is saved as any other, and looks like what it replaces', async () => {
  const { host } = setup
  const bytes = wordDocument(
    paragraph(run('The cat, a ') + run('cat', '<w:b/><w:kern w:val="24"/>') + run(' and a concat; costs $1.')) +
      features['a complex field'] +
      features['a last word'],
  )
  const file = await host.add('Cats.docx', bytes)
  const anna = await setup.sitDown(file)
  await editing(anna)
  await clickInto(anna, 'The cat')
  await anna.page.keyboard.press('Control+h')
  await anna.page.keyboard.type('cat')
  // Where it begins depends on where the click has put the cursor.
  for (let now = await foundAny(anna); now !== '2 of 3'; ) {
    const before = now
    await anna.page.keyboard.press('Enter')
    now = await until(async () => (await found(anna)) !== before && found(anna))
  }
  await anna.office.getByLabel('Replace with').fill('dog $1')
  await anna.office.getByRole('button', { name: 'Replace', exact: true }).click()
  await expect.poll(() => found(anna)).toBe('2 of 2')
  await anna.office.getByRole('button', { name: 'Replace all' }).click()
  await expect.poll(() => found(anna)).toBe('2 replaced')
  await until(async () => partOf(await host.bytes(file)).includes('condog $1'))
  const dog = () => 'dog $1'
  expect(partOf(await host.bytes(file))).toBe(
    partOf(bytes)
      .replace(/(?<=>)cat(?=<)/, dog)
      .replace(/(?<=The )cat/, dog)
      .replace(/(?<=con)cat/, dog),
  )
  await anna.leave()
})

test('whoever only reads a document finds words in it, and replaces none', async () => {
  const file = await setup.host.add('Read.docx', letter)
  const reader = await setup.sitDown(file, { canOnlyRead: true })
  await painted(reader, 'Hello,').waitFor()
  await reader.office.getByRole('button', { name: 'Find' }).click()
  await reader.page.keyboard.type('hello')
  await until(async () => (await found(reader)) === '1 of 1')
  expect(await reader.office.getByLabel('Replace with').isVisible()).toBe(false)
  await reader.leave()
})

test('what is printed of a document is its pages, each on paper of its size, and nothing else', async () => {
  const pages = `${paragraph(run('first'))}${features['a section']}${paragraph(run('second'))}`
  const file = await setup.host.add('Paper.docx', wordDocument(pages))
  const anna = await setup.sitDown(file, { context: { colorScheme: 'dark' } })
  await editing(anna)
  await anna.office.locator('body').evaluate(() => {
    window.print = () => {}
  })
  await expect.poll(() => anna.office.locator('.layout-page').count()).toBe(2)
  await anna.office.getByRole('button', { name: 'Print' }).click()
  await anna.page.emulateMedia({ media: 'print' })
  const sheet = anna.office.locator('.print-sheet')
  await expect.poll(() => sheet.locator('.layout-page').count()).toBe(2)
  expect(await sheet.locator('.layout-page').last().innerText()).toContain('second')
  const papers = await sheet.evaluate((element) => {
    const rules = [...(element.querySelector('style')?.sheet?.cssRules ?? [])].map(({ cssText }) => cssText)
    const [page] = element.querySelectorAll<HTMLElement>('.layout-page')
    return { rules, paper: page && getComputedStyle(page).page, back: page && getComputedStyle(page).backgroundColor }
  })
  expect(papers.rules).toHaveLength(2)
  expect(papers.rules[0]).toContain(papers.paper)
  expect(papers.back).toBe('rgb(255, 255, 255)')
  expect(await anna.office.locator('#office').isVisible()).toBe(false)
  expect(anna.problems).toEqual([])
  await anna.leave()
})

test('the pages of a document are shown larger, smaller, and as wide as there is place', async () => {
  const file = await setup.host.add('Large.docx', letter)
  const anna = await setup.sitDown(file)
  await editing(anna)
  const width = async () => (await boxOf(anna.office.locator('.layout-page').first())).width
  const before = await width()
  await anna.office.getByRole('button', { name: 'Zoom in' }).click()
  await until(async () => Math.abs((await width()) / before - 1.1) < 0.01)
  await anna.office.getByText('110 %').waitFor()
  await anna.office.getByRole('button', { name: 'Fit to width' }).click()
  await until(async () => (await width()) > 1_100)
  await anna.leave()
})

test('two clicks that come faster than the pages are drawn make them larger twice', async () => {
  const anna = await setup.sitDown(await setup.host.add('Large.docx', letter))
  await editing(anna)
  await anna.office.getByRole('button', { name: 'Zoom in' }).evaluate((button: HTMLElement) => {
    button.click()
    button.click()
  })
  await anna.office.getByText('125 %').waitFor()
  await anna.leave()
})

test('on a narrow screen the pages are as wide as it from the start', async () => {
  const file = await setup.host.add('Narrow.docx', letter)
  const anna = await setup.sitDown(file, { context: { viewport: { width: 480, height: 800 } } })
  await editing(anna)
  await until(() => isWithin(anna, 480))
  await anna.leave()
})

test('and also when the page of the host shows nothing of the document before it is loaded', async () => {
  const file = await setup.host.add('Narrow.docx', letter)
  const anna = await setup.sitDown(file, {
    context: { viewport: { width: 480, height: 800 } },
    prepare: (context) => context.addInitScript(hideFrames),
  })
  await until(async () => (await anna.heard()).some(({ Values }) => Values['Status'] === 'Document_Loaded'))
  await anna.page.evaluate(() => {
    document.adoptedStyleSheets = []
  })
  await until(() => isWithin(anna, 480))
  await anna.leave()
})

test('a link shows where it leads before it is followed, and is followed in a window of its own', async () => {
  const file = await setup.host.add('Links.docx', wordDocument(features['a link'] ?? ''))
  const anna = await setup.sitDown(file)
  await editing(anna)
  const dialog = anna.office.getByRole('dialog')
  await painted(anna, 'this page').click()
  await anna.office.locator('.ep-hyperlink-popup a').click()
  expect(await dialog.locator('.link-address').innerText()).toBe('https://example.org/?a=1&b=2')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  await painted(anna, 'this page').click({ modifiers: ['Control'] })
  const link = dialog.getByRole('link', { name: 'Open link' })
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer')
  await anna.page.context().route('https://example.org/**', (route) => route.fulfill({ body: 'there' }))
  const [opened] = await Promise.all([anna.page.context().waitForEvent('page'), link.click()])
  await opened.waitForURL('https://example.org/?a=1&b=2')
  await dialog.waitFor({ state: 'detached' })
  expect(anna.requests.filter((url) => url.includes('example.org'))).toEqual([])
  expect(anna.problems).toEqual([])
  await anna.leave()
})

test.each([
  ['de-DE', 'Datei', 'Suchen'],
  ['zh-CN', '文件', '查找'],
])('the editor and what is around it speak the language that was asked for (%s)', async (ui, menu, find) => {
  const file = await setup.host.add(`In ${ui}.docx`, letter)
  const anna = await setup.sitDown(file, { ui })
  await editing(anna)
  await anna.office.locator('.word').getByText(menu, { exact: true }).first().waitFor()
  await anna.office.getByRole('button', { name: find, exact: true }).first().click()
  await anna.office.locator('.find-bar input').first().waitFor()
  expect(anna.problems).toEqual([])
  await anna.leave()
})
