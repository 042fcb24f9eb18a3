import { expect, test, vi } from 'vitest'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { everything, features, wordDocument } from './documents.ts'
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
