import { expect, test } from 'vitest'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { clickInto, painted, selected, typeBehind } from './cursor.ts'
import { features, paragraph, run, wordDocument } from './documents.ts'
import { editing, letter, partOf, textByLibreOffice } from './support.ts'

const setup = officeInBrowser()

const open = async (name: string, bytes: Uint8Array) => {
  const file = await setup.host.add(name, bytes)
  const anna = await setup.sitDown(file)
  await editing(anna)
  const saved = async (part: string, words: string) => {
    await until(async () => {
      const now = await setup.host.bytes(file)
      return openPackage(now).has(part) && partOf(now, part).includes(words)
    })
    return setup.host.bytes(file)
  }
  const changed = (after: Uint8Array) => comparePackages(openPackage(bytes), openPackage(after)).map(({ name }) => name)
  return { anna, saved, changed }
}

test.each([
  ['header', 'word/header1.xml', wordDocument(paragraph(run('text')))],
  ['footer', 'word/footer1.xml', letter],
])('what is typed into a %s is saved while the cursor is still there', async (kind, part, bytes) => {
  const { anna, saved, changed } = await open(`In the ${kind}.docx`, bytes)
  const place = anna.office.locator(`.layout-page-${kind}`).first()
  await place.scrollIntoViewIfNeeded()
  await place.dblclick({ force: true })
  await anna.office.locator('.paged-editor--hf-editing').waitFor()
  await anna.page.keyboard.press('End')
  await anna.page.keyboard.type('zebra')
  const after = await saved(part, 'zebra')
  expect(changed(after)).toEqual([part])
  expect(partOf(after, part)).toMatch(/fldCharType="end"\/>.*zebra/)
  await anna.leave()
})

test('a document without a header gets one when something is typed there', async () => {
  const { anna, saved, changed } = await open('Without.docx', letter)
  await anna.office.locator('.layout-page-header').first().dblclick({ force: true })
  await anna.office.locator('.paged-editor--hf-editing').waitFor()
  await anna.page.keyboard.type('zebra')
  const after = await saved('word/header1.xml', 'zebra')
  expect(changed(after).sort()).toEqual([
    '[Content_Types].xml',
    'word/_rels/document.xml.rels',
    'word/document.xml',
    'word/header1.xml',
  ])
  expect(partOf(after).replace(/<w:headerReference[^>]*\/>/, '')).toBe(partOf(letter))
  expect(textByLibreOffice(after) ?? 'Hello,').toContain('Hello,')
  await anna.leave()
})

test('text in a box is not changed, which a sentence says; comments and tracked changes are shown and kept', async () => {
  const body = ['a text box', 'a comment', 'tracked changes', 'a last word'].map((name) => features[name]).join('')
  const { anna, saved, changed } = await open('Box.docx', wordDocument(body))
  await anna.office.getByText('Is it?').waitFor()
  expect(await painted(anna, 'very').isVisible()).toBe(true)
  await painted(anna, 'Words in a').click()
  await anna.page.keyboard.type('zebra')
  await anna.office.getByText('Text in boxes is shown and kept').waitFor()
  await until(async () => (await anna.state()) === 'No changes')
  await typeBehind(anna, 'last words.', ' lion')
  const after = await saved('word/document.xml', 'lion')
  expect(changed(after)).toEqual(['word/document.xml'])
  expect(partOf(after).replace(' lion', '')).toBe(partOf(wordDocument(body)))
  await anna.leave()
})

test('a click into a footnote says that it is not changed here, and what is typed then goes nowhere', async () => {
  const bytes = wordDocument(`${features['plain text'] ?? ''}${features['a footnote']}`)
  const file = await setup.host.add('Note.docx', bytes)
  const anna = await setup.sitDown(file)
  await editing(anna)
  await painted(anna, 'The proof of it').click({ force: true })
  await anna.office.getByText('Footnotes are shown and kept').waitFor()
  await anna.page.keyboard.type('zebra')
  await clickInto(anna, 'A claim')
  await anna.page.keyboard.type('lion')
  await until(async () => partOf(await setup.host.bytes(file)).includes('lion'))
  expect(partOf(await setup.host.bytes(file))).not.toContain('zebra')
  await anna.leave()
})

test('a change that is only suggested is in the file as one, with the name of who made it', async () => {
  const { anna, saved } = await open('Remarks.docx', wordDocument(paragraph(run('Some words here'))))
  await painted(anna, 'Some words here').dblclick()
  await anna.office.locator('.word').getByRole('button', { name: 'Editing' }).click()
  await anna.office.getByText('Suggesting', { exact: true }).click()
  await painted(anna, 'Some words here').dblclick()
  await selected(anna).waitFor()
  await anna.page.keyboard.type('zebra')
  const after = await saved('word/document.xml', 'zebra')
  expect(partOf(after)).toMatch(/<w:ins [^>]*w:author="[^"]+"[^>]*>.*zebra/)
  expect(partOf(after)).toMatch(/<w:del [^>]*w:author="[^"]+"[^>]*>.*<w:delText/)
  await anna.leave()
})
