import { expect, test } from 'vitest'
import { openOutline } from '../../src/documents/outline/outline-document.ts'
import type { Seat } from '../support/browser.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { textDocument } from './text-document.ts'

const setup = officeInBrowser()

const styles =
  '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
const elsewhere = ({ requests }: Seat) =>
  requests.filter((url) => !/^(data|blob):/.test(url) && new URL(url).hostname !== '127.0.0.1')
const bold = ({ office }: Seat) =>
  office
    .locator('.odt-page .paragraph span')
    .evaluateAll((all) => all.filter((one) => getComputedStyle(one).fontWeight === '700').map((one) => one.textContent))

test('a text is read as it looks, and its words are changed where they stand, looks and all', async () => {
  const body = '<text:p>Dear <text:span text:style-name="B">garden</text:span> friends</text:p><text:p>Bye</text:p>'
  const file = await setup.host.add('letter.odt', textDocument(body, styles))
  const anna = await setup.sitDown(file)
  const bert = await setup.sitDown(file, { name: 'Bert Claes' })
  for (const seat of [anna, bert]) await until(async () => (await bold(seat)).join() === 'garden')
  await anna.office.locator('.odt-page .paragraph span').first().click()
  await anna.page.keyboard.press('Home')
  for (let step = 0; step < 'Dear gar'.length; step++) await anna.page.keyboard.press('ArrowRight')
  await anna.page.keyboard.type('XYZ')
  await until(async () => (await bold(bert)).join() === 'garXYZden')
  await until(async () => (await anna.state()).startsWith('Saved at '))
  const { outline } = openOutline(await setup.host.bytes(file), 'odt')
  expect(outline.sections[0]?.paragraphs.map(({ text }) => text)).toEqual(['Dear garXYZden friends', 'Bye'])
  expect([elsewhere(anna), anna.problems]).toEqual([[], []])
})

test('pictures of the document are shown; what lies elsewhere is not loaded; a link is shown before it is followed', async () => {
  const picture = (href: string) => `<draw:frame svg:width="2cm"><draw:image xlink:href="${href}"/></draw:frame>`
  const body = `<text:p>a${picture('Pictures/p.png')}b${picture('http://198.51.100.1/x.png')}c <text:a xlink:href="https://example.org/x">our pages</text:a> <text:a xlink:href="javascript:alert(1)">trap</text:a></text:p>`
  const file = await setup.host.add('pictures.odt', textDocument(body))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await until(() =>
    anna.office
      .locator('.odt-page img')
      .evaluateAll((all) => all.length === 1 && all.every((one) => (one as HTMLImageElement).naturalWidth > 0)),
  )
  await anna.office.getByText('our pages').click()
  await anna.office.locator('dialog').getByText('example.org').first().waitFor()
  expect([elsewhere(anna), anna.problems]).toEqual([[], []])
})
