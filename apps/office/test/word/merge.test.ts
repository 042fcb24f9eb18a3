import { expect, test, vi } from 'vitest'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { everything, features, paragraph, run, wordDocument } from './documents.ts'
import { openEditor } from './editor.ts'
import { partOf } from './support.ts'

// A machine that does much else at once takes its time for the first of them.
vi.setConfig({ testTimeout: 120_000 })

test('Words typed into a document that has no paragraph at all are in its first one', async () => {
  const editor = await openEditor(wordDocument(''))
  editor.edit((transaction) => transaction.insertText('zebra', 1))
  const after = await editor.save()
  expect(partOf(after)).toMatch(/<w:body><w:p>.*zebra<\/w:t><\/w:r><\/w:p><w:sectPr>/)
  expect(await editor.difference(after)).toBeUndefined()
})

/** A paragraph that holds nothing but a text box. */
const boxAlone = (number: number) =>
  paragraph(/<w:r><mc:AlternateContent>.*<\/mc:AlternateContent><\/w:r>/.exec(features['a text box'] ?? '')?.[0] ?? '')
    .replace('docPr id="9"', `docPr id="${number}"`)
    .replace('Words in a box', `Words in box ${number}`)

/** Types into the empty paragraph that the editor shows beside the last box. */
async function besideBoxes(before: Uint8Array) {
  const editor = await openEditor(before)
  editor.edit((transaction) => transaction.insertText('zebra', editor.state.doc.content.size - 1))
  return editor
}

test('Words typed beside a text box that is alone in its paragraph are all that changes', async () => {
  const before = wordDocument(paragraph(run('Above.')) + boxAlone(9))
  const editor = await besideBoxes(before)
  const saved = await editor.save()
  const end = partOf(before).lastIndexOf('</w:r></w:p>')
  const typed = '<w:t xml:space="preserve">zebra</w:t>'
  expect(partOf(saved)).toBe(partOf(before).slice(0, end) + typed + partOf(before).slice(end))
  expect(await editor.difference(saved)).toBeUndefined()
})

test('A new name that the editor gives to the paragraph of a text box loses nothing', async () => {
  const before = wordDocument(paragraph(run('Above.')) + boxAlone(9))
  const editor = await besideBoxes(before)
  const plain = await editor.save()
  const last = editor.state.doc.content.size - (editor.state.doc.lastChild?.nodeSize ?? 0)
  editor.edit((transaction) => transaction.setNodeAttribute(last, 'paraId', '3E8D3302'))
  const saved = await editor.save()
  expect(partOf(saved)).toBe(partOf(plain))
  expect(await editor.difference(saved)).toBeUndefined()
})

test.each([[[8, 9]], [[9, 9]]])(
  'Words typed beside text boxes that cannot be told apart are not saved',
  async (numbers) => {
    const editor = await besideBoxes(wordDocument(numbers.map(boxAlone).join('')))
    await expect(editor.save()).rejects.toThrow('cannot be saved')
  },
)

test('Words typed on both sides of a number of a footnote that is alone in its paragraph look like text', async () => {
  const note = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
  const editor = await openEditor(wordDocument(paragraph(note)))
  editor.edit((transaction) => transaction.insert(1, editor.state.schema.text('zebra')))
  editor.edit((transaction) => transaction.insert(7, editor.state.schema.text('yak')))
  const after = await editor.save()
  const typed = (words: string) => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`
  expect(partOf(after)).toContain(`<w:body><w:p>${typed('zebra')}${note}${typed('yak')}</w:p>`)
  expect(await editor.difference(after)).toBeUndefined()
})

test('Words in tags and in a table of contents are seen, and can be changed', async () => {
  const editor = await openEditor(everything())
  for (const text of ['Ann Berg', 'Bergen', 'First chapter']) {
    const at = editor.find(text) + 1
    editor.edit((transaction) => transaction.insertText('zebra', at))
  }
  const after = await editor.save()
  const expected = ['Ann Berg', 'Bergen', 'First chapter'].reduce(
    (source, text) => source.replace(text, `${text[0]}zebra${text.slice(1)}`),
    partOf(everything()),
  )
  expect(partOf(after).replaceAll(' xml:space="preserve"', '')).toBe(expected.replaceAll(' xml:space="preserve"', ''))
  expect(await editor.difference(after)).toBeUndefined()
})

test.each([
  [
    'a complex field',
    ' for more',
    /12<\/w:t><\/w:r><w:r><w:fldChar w:fldCharType="end"\/><\/w:r><w:r><w:t[^>]*>zebra for/,
  ],
  ['a simple field', ' long ago', /Ann<\/w:t><\/w:r><\/w:fldSimple><w:r><w:t[^>]*>zebra long/],
])('a word typed right behind %s is none of it', async (name, behind, expected) => {
  const editor = await openEditor(wordDocument(features[name] ?? ''))
  const at = editor.find(behind)
  editor.edit((transaction) => transaction.insertText('zebra', at))
  const after = await editor.save()
  expect(partOf(after)).toMatch(expected)
  expect(await editor.difference(after)).toBeUndefined()
})

/** Text of each feature behind which something is typed. */
const places: Readonly<Record<string, string>> = {
  'plain text': 'Some plain',
  'formatted runs': 'spaced',
  'a complex field': 'See page',
  'a simple field': 'Written',
  'a table of contents': 'Second',
  'an embedded object': 'An object',
  'a symbol': 'A symbol',
  'custom XML': 'My name',
  'a smart tag': 'I live',
  'a content control': 'Dear',
  'a link': 'this',
  'a comment': 'worth a',
  'tracked changes': 'nice of',
  'a bookmark over paragraphs': 'somewhere',
  'a footnote': 'A claim',
  'a picture': 'A picture',
  'a chart': 'A chart',
  'a formula': 'We know',
  'a text box': 'beside',
  'tabs and breaks': 'thr',
  'a table': 'Ann of',
  'a numbered list': 'Second of',
  'a section': 'End of',
  'a last word': 'And these',
}

test.each(Object.keys(places))('a word typed beside %s is all that changes', async (name) => {
  const place = places[name] ?? ''
  const before = everything()
  const editor = await openEditor(before)
  const at = editor.find(place) + place.length
  editor.edit((transaction) => transaction.insertText('zebra', at))
  const after = await editor.save()
  expect(comparePackages(openPackage(before), openPackage(after))).toEqual([
    { name: 'word/document.xml', is: 'changed' },
  ])
  expect(partOf(after).replaceAll(' xml:space="preserve"', '')).toBe(
    partOf(before).replace(place, `${place}zebra`).replaceAll(' xml:space="preserve"', ''),
  )
  expect(await editor.difference(after)).toBeUndefined()
  expect(features[name]).toBeDefined()
})
