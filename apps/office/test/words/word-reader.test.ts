import { expect, onTestFinished, test } from 'vitest'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { type WordReaderOptions, wordReader } from '../../src/documents/words/word-reader.ts'

function reader(options: WordReaderOptions = {}) {
  const made = wordReader(options)
  onTestFinished(() => made.close())
  return made
}
const docx = (text: string) =>
  buildPackage({ 'word/document.xml': `<w:d xmlns:w="w"><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:d>` })

test('documents are read in a thread of their own, one after the other', async () => {
  const { read } = reader()
  const words = await Promise.all([read(docx('one'), 'docx'), read(docx('two'), 'docx')])
  expect(words).toEqual(['one', 'two'])
})

test('a document that cannot be read says why, and the next one is read', async () => {
  const { read } = reader()
  await expect(read(new Uint8Array([1, 2, 3]), 'docx')).rejects.toThrow()
  const bomb = buildPackage({ 'word/document.xml': '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>' })
  await expect(read(bomb, 'docx')).rejects.toThrow(/document type/)
  expect(await read(docx('after'), 'docx')).toBe('after')
})

test('one that takes too long is given up, and the next one is read', async () => {
  const { read } = reader({ time: 1 })
  const long = docx('<w:b/>'.repeat(2_000_000))
  await expect(read(long, 'docx')).rejects.toThrow(/too long/)
  const patient = reader()
  expect(await patient.read(docx('after'), 'docx')).toBe('after')
})

test('one that takes too much memory ends its thread, not the program', async () => {
  const { read } = reader({ memory: 16 })
  const wide = buildPackage({ 'word/document.xml': `<w:d xmlns:w="w">${'<w:t>x</w:t>'.repeat(3_000_000)}</w:d>` })
  await expect(read(wide, 'docx')).rejects.toThrow()
  expect(await read(docx('after'), 'docx')).toBe('after')
})

test('closing ends what is being read', async () => {
  const { read, close } = reader()
  const reading = read(docx('<w:b/>'.repeat(2_000_000)), 'docx')
  const ended = expect(reading).rejects.toThrow(/ended/)
  await Promise.resolve()
  await close()
  await ended
})
