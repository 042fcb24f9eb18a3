import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { DocumentError } from '../../src/documents/package/document-error.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { patchPackage } from '../../src/documents/package/patch-package.ts'
import { shareFile } from '../../src/documents/word/file-in-document.ts'
import { wordForm } from '../../src/documents/word/word-form.ts'
import { openWord } from '../../src/documents/word/word-package.ts'
import { everything, paragraph, run, wordDocument } from './documents.ts'
import { partOf } from './support.ts'

const changed = (name: string, change: (source: string) => string): Uint8Array => {
  const source = change(partOf(everything(), name))
  return patchPackage(openPackage(everything()), new Map([[name, new TextEncoder().encode(source)]]))
}
const sentenceOf = async (run: () => unknown): Promise<string> => {
  try {
    await run()
  } catch (cause) {
    if (cause instanceof DocumentError) return cause.message
    throw cause
  }
  return 'nothing is wrong'
}

test('An ordinary document, with whatever it holds, may be changed.', async () => {
  expect((await wordForm(everything())).refusal).toBeUndefined()
  expect((await wordForm(new Uint8Array())).refusal).toBeUndefined()
})

test.each([
  [
    'a signature',
    '_rels/.rels',
    /<\/Rel/,
    '<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="/sig"/></Rel',
    /signed/,
  ],
  [
    'the strict form',
    'word/document.xml',
    /http:\/\/schemas\.openxmlformats\.org\/wordprocessingml\/2006\/main/,
    'http://purl.oclc.org/ooxml/wordprocessingml/main',
    /Strict/,
  ],
  ['another document taken in', 'word/document.xml', /<w:body>/, '<w:body><w:altChunk r:id="x"/>', /altChunk/],
  [
    'protection',
    'word/settings.xml',
    /<w:zoom/,
    '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:zoom',
    /protected/,
  ],
] as const)('A document with %s is shown, and not changed, and says why.', async (_, part, at, instead, why) => {
  const form = await wordForm(changed(part, (source) => source.replace(at, instead)))
  expect(form.refusal).toMatchObject({ code: 'cannot-keep', why: expect.stringMatching(why) })
})

test('A document that is none, or a trap, ends in a sentence.', async () => {
  const bomb = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
  expect(await sentenceOf(() => wordForm(new TextEncoder().encode('no document')))).toMatch(/damaged/)
  expect(await sentenceOf(() => wordForm(buildPackage({ 'a.xml': '<a/>' })))).toMatch(/main part is missing/)
  expect(
    await sentenceOf(() => wordForm(changed('word/document.xml', (source) => source.replace('?>', `?>${bomb}`)))),
  ).toMatch(/document type/)
  expect(await sentenceOf(() => wordForm(changed('word/document.xml', (source) => source.slice(0, -20))))).toMatch(
    /not well formed/,
  )
  const deep = wordDocument(
    '<w:sdt><w:sdtContent>'.repeat(500) + paragraph(run('deep')) + '</w:sdtContent></w:sdt>'.repeat(500),
  )
  expect(await sentenceOf(() => openWord(deep))).toMatch(/nested too deeply/)
})

test('What a page puts in the place of a document is looked at before it is stored.', async () => {
  const form = await wordForm(everything())
  const put = async (bytes: Uint8Array) => {
    const document = new Y.Doc()
    shareFile(document, bytes)
    const written = form.bytes(document)
    await form.verify?.(written)
    return written
  }
  const good = changed('word/document.xml', (source) => source.replace('plain', 'fancy'))
  expect(Buffer.compare(await put(good), good)).toBe(0)
  const without = patchPackage(openPackage(everything()), new Map([['word/embeddings/oleObject1.bin', undefined]]))
  expect(await sentenceOf(() => put(without))).toMatch(/would lose “word\/embeddings\/oleObject1.bin”/)
  expect(await sentenceOf(() => put(changed('word/document.xml', (source) => source.slice(0, -3))))).toMatch(
    /not well formed/,
  )
  expect(await sentenceOf(() => put(Uint8Array.of(1, 2, 3)))).toMatch(/damaged/)
  expect(Buffer.compare(form.bytes(new Y.Doc()), everything())).toBe(0)
})

const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join('')
const nested = (depth: number): string =>
  depth === 0 ? paragraph('') : `<w:tbl><w:tr><w:tc>${nested(depth - 1)}</w:tc></w:tr></w:tbl>${paragraph('')}`

const section = (width: number, height: number, margin: number): string => {
  const sides = ['top', 'right', 'bottom', 'left'].map((side) => `w:${side}="${margin}"`).join(' ')
  return `<w:p><w:pPr><w:sectPr><w:pgSz w:w="${width}" w:h="${height}"/><w:pgMar ${sides}/></w:sectPr></w:pPr></w:p>`
}
const spanning = (columns: number): string =>
  `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="${columns}"/></w:tcPr>${paragraph('')}</w:tc></w:tr></w:tbl>${paragraph('')}`

test.each([
  ['100,000 paragraphs', many(100_000, () => paragraph(run('x'))), /10,000 paragraphs/],
  ['a paragraph that is a book', paragraph(run('word '.repeat(50_000))), /100,000 characters in one paragraph/],
  ['tables in tables in tables', nested(50), /12 tables in each other/],
  ['a table of a million cells', `<w:tbl>${many(30_000, () => '<w:tr><w:tc/></w:tr>')}</w:tbl>`, /20,000 cells/],
  ['ten thousand pages', many(6_000, () => `<w:p><w:r><w:br w:type="page"/></w:r></w:p>`), /5,000 pages/],
  ['pages of one letter', `${paragraph(run('word '.repeat(15_000)))}${section(400, 400, 100)}`, /5,000 pages/],
  ['pages without room', `${paragraph(run('x'))}${section(1, 1, 0)}`, /pages without room/],
  ['margins wider than its paper', `${paragraph(run('x'))}${section(12_240, 15_840, 9_000)}`, /pages without room/],
  ['a cell over ten million columns', spanning(10_000_000), /500 cells in one row/],
  ['a line broken without end', `<w:p><w:r>${many(100_000, () => '<w:br/>')}</w:r></w:p>`, /elements in one paragraph/],
  ['more marks than text', many(9_000, () => `<w:p>${many(200, () => '<w:r/>')}</w:p>`), /400,000 elements/],
  [
    'a word that is a book',
    paragraph(run('x'.repeat(20_000)) + run('x'.repeat(20_000))),
    /30,000 characters in one word/,
  ],
])('A document with %s ends in a sentence, and soon.', async (_, body, sentence) => {
  expect(await sentenceOf(() => wordForm(wordDocument(body)))).toMatch(sentence)
})

test('A long document of 9,000 paragraphs is opened.', async () => {
  expect((await wordForm(wordDocument(many(9_000, (at) => paragraph(run(`line ${at}`)))))).refusal).toBeUndefined()
})

test('Styles and comments are counted too: the editor reads them as well.', async () => {
  const manyStyles = Array.from({ length: 400_001 }, (_, at) => `<w:style w:styleId="${(at * 7919) % 400_009}"/>`).join(
    '',
  )
  const many = changed('word/styles.xml', (source) => source.replace('</w:styles>', `${manyStyles}</w:styles>`))
  expect(await sentenceOf(() => wordForm(many))).toMatch(/400,000 elements/)
})

test('A small label, and a page whose text begins above its margin, are pages.', async () => {
  expect((await wordForm(wordDocument(paragraph(run('x')) + section(1_440, 720, 100)))).refusal).toBeUndefined()
  expect((await wordForm(wordDocument(paragraph(run('x')) + section(12_240, 15_840, -1_440)))).refusal).toBeUndefined()
})
