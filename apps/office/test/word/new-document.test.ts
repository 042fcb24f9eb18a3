import { expect, test } from 'vitest'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { focused, type WordPage } from './cursor.ts'
import { editing, partOf, textByLibreOffice } from './support.ts'

const setup = officeInBrowser()

/** Waits until key strokes go to the page, and not to the list or the button that was clicked. */
const cursorOnPage = async (seat: WordPage) => {
  await focused(seat).waitFor({ state: 'attached' })
  await until(() => focused(seat).evaluate((part) => part === document.activeElement))
}

test('a file that was just made is a document, with lists, headings and pages', async () => {
  const { host } = setup
  const file = await host.add('New.docx', new Uint8Array())
  const anna = await setup.sitDown(file)
  const { keyboard } = anna.page
  await editing(anna)
  await until(async () => (await host.bytes(file)).length > 0)
  await anna.office
    .locator('.layout-page, .word')
    .first()
    .click({ position: { x: 400, y: 300 } })
  await cursorOnPage(anna)
  await keyboard.type('Hello new world')
  await keyboard.press('Enter')
  await anna.office.getByLabel('Bullet List').first().click()
  await cursorOnPage(anna)
  await keyboard.type('first')
  await keyboard.press('Enter')
  await keyboard.type('second')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await anna.office.getByLabel('Select paragraph style').click()
  await anna.office.getByRole('option', { name: 'Heading 1' }).click()
  await anna.office.getByRole('option').first().waitFor({ state: 'hidden' })
  await cursorOnPage(anna)
  await keyboard.type('A heading')
  await until(async () => partOf(await host.bytes(file)).includes('A heading'))
  await until(async () => (await anna.state()).startsWith('Saved at '))
  const source = partOf(await host.bytes(file))
  expect(source).toContain('<w:p><w:r><w:t xml:space="preserve">Hello new world</w:t></w:r></w:p>')
  for (const text of ['first', 'second']) {
    const numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    expect(source).toContain(`<w:p>${numbered}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`)
  }
  expect(source).toContain('<w:pStyle w:val="Heading1"/>')
  const read = textByLibreOffice(await host.bytes(file))
  if (read !== undefined) expect(read).toMatch(/Hello new world\s+• first\s+• second\s+A heading/)
  expect(anna.problems).toEqual([])
  await anna.leave()
})
