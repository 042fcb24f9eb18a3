import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openOutline } from '../src/documents/outline/outline-document.ts'
import { textDocument } from './odt/text-document.ts'
import type { Seat } from './support/browser.ts'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'
import { smallPdf } from './support/small-pdf.ts'

const setup = officeInBrowser()

const samples = join(import.meta.dirname, '../../../samples')
const count = ({ office }: Seat) => office.locator('.find-bar output').textContent()
/** What is shown as found. */
const found = ({ office }: Seat) =>
  office.locator('body').evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String).join('|'))

async function look(seat: Seat, text: string): Promise<void> {
  await seat.office.locator('.bar').getByRole('button', { name: 'Find', exact: true }).click()
  await seat.office.locator('.find-bar .find-field').first().fill(text)
}

test('text on slides is found and gone through, and the cursor stays where it is typed', async () => {
  const file = await setup.host.add('Introduction.pptx', readFileSync(join(samples, 'Introduction.pptx')))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await anna.office.locator('.slide').first().waitFor()
  await look(anna, 'THE')
  await until(async () => (await found(anna)).toLowerCase() === 'the')
  await expect.poll(async () => Number(/1\D+(\d+)/.exec((await count(anna)) ?? '')?.[1])).toBeGreaterThan(1)
  await anna.page.keyboard.press('Enter')
  await until(async () => (await count(anna))?.startsWith('2'))
  await anna.page.keyboard.type('zzz')
  await until(async () => (await found(anna)) === '')
  expect(anna.problems).toEqual([])
})

test('words of a text are replaced, one after the other and all at once, and nothing else is', async () => {
  const body = '<text:p>apple, apple and pear</text:p><text:p>an apple</text:p>'
  const file = await setup.host.add('fruit.odt', textDocument(body))
  const anna = await setup.sitDown(file)
  await anna.office.locator('.odt-page').waitFor()
  await look(anna, 'apple')
  await until(async () => (await count(anna))?.includes('3'))
  const { office } = anna
  await office.locator('.find-bar .find-field').nth(1).fill('plum')
  await office.getByRole('button', { name: 'Replace', exact: true }).click()
  await office.locator('.paragraph', { hasText: 'plum, apple and pear' }).waitFor()
  await office.getByRole('button', { name: 'Replace all' }).click()
  await office.locator('.paragraph', { hasText: 'plum, plum and pear' }).waitFor()
  await until(async () => (await anna.state()).startsWith('Saved at '))
  const { outline } = openOutline(await setup.host.bytes(file), 'odt')
  expect(outline.sections[0]?.paragraphs.map(({ text }) => text)).toEqual(['plum, plum and pear', 'an plum'])
})

test('text of a PDF is found on pages that have not been drawn yet', async () => {
  const pages = Array.from({ length: 30 }, (_, index) => `Page about ${index === 27 ? 'hedgehogs' : 'nothing'}`)
  const file = await setup.host.add('paper.pdf', smallPdf(pages))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await anna.office.locator('.textLayer span').first().waitFor()
  await look(anna, 'Hedgehogs')
  await until(async () => (await found(anna)) === 'hedgehogs')
  const sheet = () =>
    anna.office.locator('body').evaluate(() => {
      const [range] = CSS.highlights.get('found') ?? []
      return range instanceof Range && range.startContainer.parentElement?.closest('.sheet')?.ariaLabel
    })
  await expect.poll(sheet).toBe('Page 28 of 30')
  expect(anna.problems).toEqual([])
})
