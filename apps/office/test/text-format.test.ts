import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { decodeText, type Encoding, encodeText } from '../src/documents/text/encoding.ts'
import { type LineEnding, usualEnding } from '../src/documents/text/line-endings.ts'
import { seed, type TextFormat, textName, toBytes } from '../src/documents/text/text-format.ts'

const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be')
const endings = fc.constantFrom<LineEnding>('\n', '\r\n', '\r')
const words = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\r\n\0\ufeff]/g, ' '))
const lines = fc.array(fc.tuple(words, endings), { maxLength: 12 })
const texts = fc.tuple(lines, words).map(([all, last]) => all.flat().join('').concat(last))

/** A file as it is opened. */
function open(bytes: Uint8Array): { document: Y.Doc; format: TextFormat } | undefined {
  const decoded = decodeText(bytes)
  if (decoded.is !== 'text') return undefined
  const { text, encoding, hasMark } = decoded
  const format = { encoding, hasMark, lineEnding: usualEnding(text) }
  const document = new Y.Doc()
  Y.applyUpdate(document, seed(text, format, 'file\nv1'))
  return { document, format }
}

test('a text of any encoding and any line endings comes out byte for byte', () => {
  fc.assert(
    fc.property(texts, encodings, fc.boolean(), (text, encoding, isMarked) => {
      const bytes = encodeText(text, encoding, isMarked || encoding !== 'utf-8')
      const opened = open(bytes)
      expect(opened && toBytes(opened.document, opened.format).equals(bytes)).toBe(true)
    }),
  )
})

test('an edit changes what it edits, and no byte before or after it', () => {
  fc.assert(
    fc.property(texts, words, fc.nat(), fc.nat(5), (text, typed, place, removed) => {
      const opened = open(encodeText(text, 'utf-8', false))
      if (!opened) return
      const shared = opened.document.getText(textName)
      const seen = shared.toString()
      const start = place % (seen.length + 1)
      const count = Math.min(removed, seen.length - start)
      fc.pre(!splitsCharacter(seen, start) && !splitsCharacter(seen, start + count))
      shared.delete(start, count)
      shared.insert(start, typed)
      const after = toBytes(opened.document, opened.format).toString()
      expect(after.startsWith(text.slice(0, storedLength(text, start)))).toBe(true)
      expect(after.endsWith(text.slice(storedLength(text, start + count)))).toBe(true)
    }),
  )
})

test('any bytes are either a text that comes out as it was, or are not taken for one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const opened = open(bytes)
      if (opened) expect(toBytes(opened.document, opened.format).equals(Buffer.from(bytes))).toBe(true)
    }),
  )
})

test('one version of a file always begins as the same shared document, another version as another one', () => {
  const format: TextFormat = { encoding: 'utf-8', hasMark: false, lineEnding: '\n' }
  const first = seed('text', format, 'file\nv1')
  expect(seed('text', format, 'file\nv1')).toEqual(first)
  const both = new Y.Doc()
  Y.applyUpdate(both, first)
  Y.applyUpdate(both, seed('text', format, 'file\nv1'))
  expect(both.getText(textName).toString()).toBe('text')
  expect(seed('text', format, 'file\nv2')).not.toEqual(first)
})

const splitsCharacter = (text: string, index: number): boolean =>
  /[\ud800-\udbff]/.test(text[index - 1] ?? '') && /[\udc00-\udfff]/.test(text[index] ?? '')

/** How much of the stored text stands for the first `length` characters of the edited one. */
function storedLength(text: string, length: number): number {
  let stored = 0
  for (let seen = 0; seen < length; seen++) stored += text.startsWith('\r\n', stored) ? 2 : 1
  return stored
}
