import { expect, test } from 'vitest'
import { boxOf } from '../support/box-of.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'
import { clickInto, cursorBehind, focused, painted, selected, typeBehind } from './cursor.ts'
import { features, paragraph, run, wordDocument } from './documents.ts'
import { editing, partOf } from './support.ts'

const setup = officeInBrowser()

const passages: Readonly<Record<string, string>> = {
  'a comment': 'worth a comment',
  'a link': 'this page',
  'tracked changes': 'rather',
  'formatted runs': 'spaced out',
  'a content control': 'reader',
}

test.each(Object.keys(passages))(
  'what is typed in the middle of %s becomes part of it, and it stays what it is',
  async (name) => {
    const passage = passages[name] ?? ''
    const before = wordDocument(Object.values({ [name]: features[name], end: features['a last word'] }).join(''))
    const file = await setup.host.add(`${name}.docx`, before)
    const anna = await setup.sitDown(file)
    await editing(anna)
    await clickInto(anna, passage)
    await anna.page.keyboard.type('Zebra')
    await anna.page.keyboard.press('Control+s')
    await until(async () => partOf(await setup.host.bytes(file)).includes('Zebra'))
    const after = partOf(await setup.host.bytes(file))
    expect(after.replace('Zebra', '').replaceAll(' xml:space="preserve"', '')).toBe(
      partOf(before).replaceAll(' xml:space="preserve"', ''),
    )
    await anna.leave()
  },
)

test('what is typed behind the number of a footnote stands behind it, and is no part of it', async () => {
  const note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
  const before = wordDocument(paragraph(`${run('A claim')}${note}`))
  const file = await setup.host.add('claim.docx', before)
  const anna = await setup.sitDown(file)
  await editing(anna)
  await typeBehind(anna, 'A claim', 'Zebra')
  await anna.page.keyboard.press('Control+s')
  await until(async () => partOf(await setup.host.bytes(file)).includes('Zebra'))
  const [, behind] =
    /<w:footnoteReference w:id="2"\/><\/w:r>(.*?)<\/w:p>/.exec(partOf(await setup.host.bytes(file))) ?? []
  expect(behind?.replaceAll(' xml:space="preserve"', '')).toBe('<w:r><w:t>Zebra</w:t></w:r>')
  await anna.leave()
})

test('what is typed into a paragraph that is only the number of a footnote is saved, and looks like text', async () => {
  const note = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
  const file = await setup.host.add('only a number.docx', wordDocument(paragraph(note) + paragraph(run('The rest'))))
  const anna = await setup.sitDown(file)
  await editing(anna)
  const below = await boxOf(painted(anna, 'The rest'))
  const above = below.y - below.height / 2
  await anna.page.mouse.click(below.x + 0.5, above)
  await focused(anna).waitFor({ state: 'attached' })
  await anna.page.keyboard.type('Zebra')
  await painted(anna, 'Zebra').waitFor()
  await anna.page.mouse.click(below.x + 200, above)
  await cursorBehind(anna, 'Zebra')
  await anna.page.keyboard.type('Yak')
  await anna.page.keyboard.press('Control+s')
  await until(async () => partOf(await setup.host.bytes(file)).includes('Yak'))
  const [, inside] = /<w:body><w:p[^>]*>(.*?)<\/w:p>/.exec(partOf(await setup.host.bytes(file))) ?? []
  expect(inside?.replaceAll(' xml:space="preserve"', '')).toBe(
    `<w:r><w:t>Zebra</w:t></w:r>${note}<w:r><w:t>Yak</w:t></w:r>`,
  )
  await anna.leave()
})

test('what is typed beside a text box that is alone in its paragraph is all that changes', async () => {
  const [box = ''] =
    /<w:r><mc:AlternateContent>.*<\/mc:AlternateContent><\/w:r>/.exec(features['a text box'] ?? '') ?? []
  const before = wordDocument(paragraph(box))
  const file = await setup.host.add('a box alone.docx', before)
  const anna = await setup.sitDown(file)
  await editing(anna)
  const beside = anna.office.locator('.layout-page-content > .layout-paragraph').last()
  const place = await boxOf(beside)
  await anna.page.mouse.click(place.x + place.width - 2, place.y + place.height / 2)
  await focused(anna).waitFor({ state: 'attached' })
  await anna.page.keyboard.type('Zebra')
  await anna.page.keyboard.press('Control+s')
  await until(async () => partOf(await setup.host.bytes(file)).includes('Zebra'))
  const saved = partOf(await setup.host.bytes(file))
  expect(saved.replace(/<w:t[^>]*>Zebra<\/w:t>/, '')).toBe(partOf(before))
  await anna.leave()
})

test('a double click in a cell of a table takes one word, and what is typed stands in its place', async () => {
  const table = `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>${paragraph(run('one two three'))}${paragraph(run('below'))}</w:tc></w:tr></w:tbl>${paragraph(run('end'))}`
  const before = wordDocument(table)
  const file = await setup.host.add('cell.docx', before)
  const anna = await setup.sitDown(file)
  await editing(anna)
  await painted(anna, 'one two three').dblclick()
  await selected(anna).waitFor()
  await anna.page.keyboard.type('Zebra')
  await anna.page.keyboard.press('Control+s')
  await until(async () => partOf(await setup.host.bytes(file)).includes('Zebra'))
  const bodyOf = (bytes: Uint8Array) =>
    partOf(bytes)
      .replace(/.*<w:body>/s, '')
      .replaceAll(' xml:space="preserve"', '')
  expect(bodyOf(await setup.host.bytes(file))).toBe(bodyOf(before).replace('two', 'Zebra'))
  await anna.leave()
})
