import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { hasWords, wordsOf } from '../../src/documents/words/words-of.ts'
import { smallPdf } from '../support/small-pdf.ts'

const samples = join(import.meta.dirname, '../../../../samples')
const sample = (name: string) => new Uint8Array(readFileSync(join(samples, name)))

test.each([
  ['Welcome letter.docx', 'docx', /welcome/i],
  ['Household budget.xlsx', 'xlsx', /rent|food|total/i],
  ['Introduction.pptx', 'pptx', /\w{4}/],
  ['Garden club minutes.odt', 'odt', /garden/i],
  ['Questions.pdf', 'pdf', /\w{4}/],
  ['Planets.csv', 'csv', /Earth/],
  ['Shopping list.txt', 'txt', /\w{4}/],
])('the words of %s are read', async (name, extension, words) => {
  expect(hasWords(extension)).toBe(true)
  expect(await wordsOf(sample(name), extension)).toMatch(words)
})

test('words of one paragraph stay together, those of different ones apart, and what is deleted is not found', async () => {
  const w = (body: string) => `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`
  const docx = buildPackage({
    'word/document.xml': w(
      '<w:p><w:r><w:t>Hel</w:t></w:r><w:r><w:t>lo</w:t></w:r><w:r><w:tab/><w:t>you</w:t></w:r></w:p><w:p><w:r><w:t>next</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>',
    ),
    'word/comments.xml': w('<w:p><w:r><w:t>a comment</w:t></w:r></w:p>'),
    'word/styles.xml': w('<w:p><w:r><w:t>no text</w:t></w:r></w:p>'),
  })
  expect(await wordsOf(docx, 'docx')).toBe('Hello you\nnext\na comment')
})

test('of very long documents the beginning is read', async () => {
  expect((await wordsOf(smallPdf(['one', 'two', 'three']), 'pdf', 5)).length).toBeLessThanOrEqual(5)
  const docx = buildPackage({
    'word/document.xml': `<w:d xmlns:w="w">${'<w:p><w:r><w:t>word</w:t></w:r></w:p>'.repeat(1000)}</w:d>`,
  })
  expect((await wordsOf(docx, 'docx', 100)).length).toBeLessThanOrEqual(100)
})

test('what is damaged, or no document, throws; what is no text has no words', async () => {
  await expect(wordsOf(new Uint8Array([1, 2, 3]), 'docx')).rejects.toThrow()
  await expect(wordsOf(new Uint8Array([1, 2, 3]), 'pdf')).rejects.toThrow()
  expect(hasWords('exe')).toBe(false)
  expect(await wordsOf(new Uint8Array([1, 2, 3]), 'exe')).toBe('')
})
