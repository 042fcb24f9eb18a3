import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { findSoffice } from '../../src/converter/find-soffice.ts'
import { libreOffice } from '../../src/converter/libre-office.ts'
import { blankPresentation, blankText } from '../../src/documents/outline/blank-documents.ts'
import type { Outline } from '../../src/documents/outline/outline.ts'
import { openOutline } from '../../src/documents/outline/outline-document.ts'
import { textOf, withTexts } from '../../src/documents/outline/part-text.ts'
import { slideParagraphs } from '../../src/documents/outline/slide-paragraphs.ts'
import { textParagraphs } from '../../src/documents/outline/text-paragraphs.ts'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { wordsOf } from '../../src/documents/words/words-of.ts'

const samples = join(import.meta.dirname, '../../../../samples')
const sample = (name: string) => new Uint8Array(readFileSync(join(samples, name)))
const textsOf = ({ sections }: Outline) => sections.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text))

const a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
const slide = (paragraphs: string) => `<p:sld ${a} xmlns:p="p"><p:sp><p:txBody>${paragraphs}</p:txBody></p:sp></p:sld>`
const text = (paragraphs: string) =>
  `<o:t xmlns:o="o" xmlns:d="d" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">${paragraphs}</o:t>`

const slideCases = [
  ['<a:p><a:r><a:t>Hello</a:t></a:r></a:p>', 'Hello', 'Hello, you', '<a:p><a:r><a:t>Hello, you</a:t></a:r></a:p>'],
  [
    '<a:p><a:r><a:rPr b="1"/><a:t>Bold</a:t></a:r><a:r><a:t> and plain</a:t></a:r></a:p>',
    'Bold and plain',
    'Bolder and plain',
    '<a:p><a:r><a:rPr b="1"/><a:t>Bolder</a:t></a:r><a:r><a:t> and plain</a:t></a:r></a:p>',
  ],
  [
    '<a:p><a:r><a:t>one</a:t></a:r><a:br/><a:r><a:t>two</a:t></a:r></a:p>',
    'one\ufffctwo',
    'one\ufffc2 & 3',
    '<a:p><a:r><a:t>one</a:t></a:r><a:br/><a:r><a:t>2 &amp; 3</a:t></a:r></a:p>',
  ],
  ['<a:p/>', '', 'new', '<a:p><a:r><a:t>new</a:t></a:r></a:p>'],
  ['<a:p><a:endParaRPr lang="de"/></a:p>', '', 'neu', '<a:p><a:r><a:t>neu</a:t></a:r><a:endParaRPr lang="de"/></a:p>'],
  ['<a:p><a:r><a:t/></a:r></a:p>', '', 'x', '<a:p><a:r><a:t>x</a:t></a:r></a:p>'],
  [
    '<a:p><a:r><a:rPr i="1"/><a:t>see</a:t></a:r><a:br/></a:p>',
    'see\ufffc',
    'see\ufffcbelow',
    '<a:p><a:r><a:rPr i="1"/><a:t>see</a:t></a:r><a:br/><a:r><a:rPr i="1"/><a:t>below</a:t></a:r></a:p>',
  ],
] as const

test.each(slideCases)('on a slide, %s says “%s”, and becomes “%s”', (before, said, wanted, after) => {
  const source = slide(before)
  const paragraphs = slideParagraphs(source)
  expect(paragraphs.map(textOf)).toEqual([said])
  expect(withTexts(source, paragraphs, new Map([[0, wanted]]))).toBe(slide(after))
})

const textCases = [
  ['<text:p>Hello</text:p>', 'Hello', 'Hello  you', '<text:p>Hello<text:s text:c="2"/>you</text:p>'],
  [
    '<text:p>One <text:span text:style-name="B">bold</text:span> word</text:p>',
    'One bold word',
    'One bolder word',
    '<text:p>One <text:span text:style-name="B">bolder</text:span> word</text:p>',
  ],
  [
    '<text:h text:outline-level="2">Title</text:h>',
    'Title',
    'A title',
    '<text:h text:outline-level="2">A title</text:h>',
  ],
  ['<text:p text:style-name="S"/>', '', 'new', '<text:p text:style-name="S">new</text:p>'],
  ['<text:p>a<text:s text:c="3"/>b</text:p>', 'a   b', 'a b', '<text:p>a<text:s/>b</text:p>'],
  [
    '<text:p>see<text:note>1<text:note-body><text:p>below</text:p></text:note-body></text:note>, and go</text:p>',
    'see\ufffc, and go',
    'look\ufffc, and go',
    '<text:p>look<text:note>1<text:note-body><text:p>below</text:p></text:note-body></text:note>, and go</text:p>',
  ],
] as const

test.each(textCases)('in a text, %s says “%s”, and becomes “%s”', (before, said, wanted, after) => {
  const source = text(before)
  const paragraphs = textParagraphs(source)
  expect(paragraphs.map(textOf)).toEqual([said])
  expect(withTexts(source, paragraphs, new Map([[0, wanted]]))).toBe(text(after))
})

test('text in a frame is a paragraph of its own, and the frame stands in the paragraph around it', () => {
  const source = text('<text:p>a<d:frame><d:text-box><text:p>in</text:p></d:text-box></d:frame>b</text:p>')
  const paragraphs = textParagraphs(source)
  expect(paragraphs.map(textOf)).toEqual(['in', 'a\ufffcb'])
  const wanted = new Map([
    [0, 'inside'],
    [1, 'A\ufffcB'],
  ])
  expect(withTexts(source, paragraphs, wanted)).toBe(
    text('<text:p>A<d:frame><d:text-box><text:p>inside</text:p></d:text-box></d:frame>B</text:p>'),
  )
})

test('what is no text is never taken away or added', () => {
  const source = slide('<a:p><a:r><a:t>one</a:t></a:r><a:br/><a:r><a:t>two</a:t></a:r></a:p>')
  for (const wanted of ['onetwo', 'one\ufffctwo\ufffc'])
    expect(() => withTexts(source, slideParagraphs(source), new Map([[0, wanted]]))).toThrow(/take away/)
})

const word = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '&', '<', '😀', 'é', '"', '\t'), maxLength: 8 })
const spelt = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

test('whatever a paragraph of a slide becomes, it is read back so, and the ones around it keep their bytes', () => {
  const runs = fc.array(fc.oneof(word, fc.constant(undefined)), { maxLength: 5 })
  fc.assert(
    fc.property(runs, fc.array(word, { minLength: 6, maxLength: 6 }), (made, wanted) => {
      const inside = made
        .map((one) => (one === undefined ? '<a:br/>' : `<a:r><a:rPr b="1"/><a:t>${spelt(one)}</a:t></a:r>`))
        .join('')
      const around = '<a:p><a:r><a:t>as it was</a:t></a:r></a:p>'
      const source = slide(`${around}<a:p>${inside}</a:p>${around}`)
      const paragraphs = slideParagraphs(source)
      const breaks = made.filter((one) => one === undefined).length
      const next = wanted.slice(0, breaks + 1).join('\ufffc')
      const after = withTexts(source, paragraphs, new Map([[1, next]]))
      expect(slideParagraphs(after).map(textOf)).toEqual(['as it was', next, 'as it was'])
      expect(after.startsWith(source.slice(0, source.indexOf('<a:p>', source.indexOf(around) + 1)))).toBe(true)
      expect(after.match(/<a:br\/>/g)?.length ?? 0).toBe(breaks)
    }),
  )
})

test('whatever a paragraph of a text becomes, spaces and tabs among it, it is read back so', () => {
  const plain = fc.string({ unit: fc.constantFrom('a', ' ', '&', '😀', '\t'), maxLength: 10 })
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 4 }), plain, (spans, wanted) => {
      const inside = spans.map((one) => `<text:span>${spelt(one.trim().replace(/\s+/g, ' '))}</text:span>`).join('')
      const source = text(`<text:p>${inside}</text:p>`)
      const after = withTexts(source, textParagraphs(source), new Map([[0, wanted]]))
      expect(textParagraphs(after).map(textOf)).toEqual([wanted])
    }),
  )
})

test('one word of a real presentation is changed: one slide is, and no other part', () => {
  const bytes = sample('Introduction.pptx')
  const { outline, write } = openOutline(bytes, 'pptx')
  expect(outline.sections.length).toBeGreaterThan(1)
  const title = outline.sections[0]?.paragraphs.find(({ level }) => level === 1)
  expect(title?.text).toBeTruthy()
  const written = write(new Map([[title?.id ?? '', `${title?.text} & more`]]))
  const differences = comparePackages(openPackage(bytes), openPackage(written))
  expect(differences).toEqual([{ name: outline.sections[0]?.id, is: 'changed' }])
  expect(textsOf(openOutline(written, 'pptx').outline)).toEqual(
    textsOf(outline).map((one) => (one === title?.text ? `${one} & more` : one)),
  )
})

test('one word of a real text document is changed: nothing else is', () => {
  const bytes = sample('Garden club minutes.odt')
  const { outline, write } = openOutline(bytes, 'odt')
  const [first] = outline.sections[0]?.paragraphs ?? []
  const written = write(new Map([[first?.id ?? '', 'Minutes of the garden club']]))
  expect(comparePackages(openPackage(bytes), openPackage(written))).toEqual([{ name: 'content.xml', is: 'changed' }])
  const content = (from: Uint8Array) => strFromU8(unzipSync(from)['content.xml'] ?? new Uint8Array())
  expect(content(written).length - content(bytes).length).toBeLessThan(40)
  expect(Buffer.from(written.subarray(30, 38)).toString()).toBe('mimetype')
})

test('what is not changed is not written, and a signed, protected or broken document says so', () => {
  const bytes = sample('Introduction.pptx')
  const { outline, write } = openOutline(bytes, 'pptx')
  const [first] = outline.sections[0]?.paragraphs ?? []
  expect(write(new Map([[first?.id ?? '', first?.text ?? '']]))).toEqual(bytes)
  expect(write(new Map([['no such paragraph', 'x']]))).toEqual(bytes)
  const odt = { 'content.xml': text('<text:p>x</text:p>') }
  expect(openOutline(buildPackage({ ...odt, 'META-INF/documentsignatures.xml': '<x/>' }), 'odt').obstacle).toMatch(
    /signed/,
  )
  const locked = { ...odt, 'META-INF/manifest.xml': '<m><encryption-data/></m>' }
  expect(() => openOutline(buildPackage(locked), 'odt')).toThrow(/password/)
  expect(() => openOutline(buildPackage({ 'x.xml': '<x/>' }), 'odt')).toThrow(/missing/)
  expect(() => openOutline(new Uint8Array([1, 2, 3]), 'pptx')).toThrow(/document/i)
})

test.each(['pptx', 'odt'])(
  'a new .%s is one that other programs open',
  async (extension) => {
    const folder = mkdtempSync(join(tmpdir(), 'openwopi-outline-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const { convert, close } = await libreOffice({ program: findSoffice(process.env['PATH'] ?? '') ?? '', folder })
    onTestFinished(close)
    const blank = extension === 'odt' ? blankText() : blankPresentation()
    const { outline, write } = openOutline(blank, extension)
    const changes = outline.sections.flatMap(({ paragraphs }) =>
      paragraphs.map(({ id }, at) => [id, `words ${at}`] as const),
    )
    expect(changes).toHaveLength(2)
    const content = [write(new Map(changes))]
    const pdf = await convert({ read: () => Readable.from(content), from: extension, to: 'pdf' })
    expect((await wordsOf(pdf, 'pdf')).replace(/\s+/g, ' ')).toBe('words 0 words 1')
  },
  60_000,
)
