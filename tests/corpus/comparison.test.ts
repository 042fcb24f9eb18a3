import { parseDocx, repackDocx } from '@eigenpal/docx-editor-core/docx'
import { unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { smallPdf } from '../../apps/office/test/support/small-pdf.ts'
import { everything } from '../../apps/office/test/word/documents.ts'
import type { Change } from './compare/change.ts'
import { compareFlatSheets, compareFlatText } from './compare/compare-flat.ts'
import { compareOutline, comparePdf, compareText } from './compare/compare-others.ts'
import { compareSheets } from './compare/compare-sheets.ts'
import { compareWord } from './compare/compare-word.ts'
import { editPackage, type PartEdits } from './documents/made/edit-package.ts'
import { madeSheets } from './documents/made/made-sheets.ts'
import { samples } from './documents/samples.ts'

// A comparison that cannot fail proves nothing: each of these saves loses something, and must be called wrong.

const typed: Change = { removed: 'plain', inserted: 'Zebrafink' }
const type = (source: string) => source.replace('Some plain words', 'Some Zebrafink words')
const also = (change: (source: string) => string): PartEdits => ({
  'word/document.xml': (source) => {
    const changed = change(type(source))
    if (changed === type(source)) throw new Error('nothing was lost')
    return changed
  },
})
const without = (bytes: Uint8Array, name: string): Uint8Array => {
  const { [name]: lost, ...parts } = unzipSync(bytes)
  if (!lost) throw new Error(`there is no ${name}`)
  return zipSync(parts)
}

test('A Word document in which a word was changed, and nothing else, is as before.', () => {
  const after = editPackage(everything(), { 'word/document.xml': type })
  expect(compareWord(everything(), after, typed)).toEqual([])
})

test('How the text of the changed paragraph is cut into runs says nothing.', () => {
  const cut = (source: string) =>
    source.replace(
      'Some plain words',
      'Some </w:t></w:r><w:r w:rsidR="1"><w:t>Zebrafink</w:t></w:r><w:r><w:t xml:space="preserve"> words',
    )
  expect(compareWord(everything(), editPackage(everything(), { 'word/document.xml': cut }), typed)).toEqual([])
})

const lossyWord: Readonly<Record<string, PartEdits>> = {
  'the code of a field': also((source) => source.replace(/<w:instrText[^>]*> PAGEREF[^<]*<\/w:instrText>/, '')),
  'a bookmark': also((source) => source.replace('<w:bookmarkEnd w:id="5"/>', '')),
  'an embedded object': also((source) => source.replace(/<w:object.*?<\/w:object>/, '')),
  'a symbol': also((source) => source.replace(/<w:sym [^>]*>/, '')),
  'a tag around words': also((source) => source.replace(/<w:customXml [^>]*>|<\/w:customXml>/g, '')),
  'the range of a comment': also((source) => source.replace(/<w:commentRange\w+ [^>]*>/g, '')),
  'a tracked change': also((source) => source.replace(/<w:del .*?<\/w:del>/, '')),
  'a property of a run elsewhere': also((source) => source.replace('<w:kern w:val="24"/>', '')),
  'a property of a paragraph': also((source) => source.replace('<w:keepNext/>', '')),
  'a section': also((source) => source.replace(/<w:sectPr>.*?<\/w:sectPr>/, '')),
  'a letter elsewhere': also((source) => source.replace('last words', 'last word')),
  'an empty paragraph': also((source) => source.replace('<w:p></w:p>', '')),
  'the way a run elsewhere is spelt': also((source) =>
    source.replace('Dear ', 'De</w:t></w:r><w:r><w:t xml:space="preserve">ar '),
  ),
  'how the word looks': also((source) =>
    source.replace(/<w:r>(<w:t[^>]*>)(Some) (Zebrafink)/, '<w:r>$1$2 </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>$3'),
  ),
  'the change itself': { 'word/document.xml': (source) => source.replace('plain', 'Zebra') },
  'everything that was changed': {},
  'a style': { 'word/document.xml': type, 'word/styles.xml': (source) => source.replace('<w:b/>', '') },
  'a header': { 'word/document.xml': type, 'word/header1.xml': (source) => source.replace('PAGE', '') },
  'a new part': { 'word/document.xml': type, 'word/extra.xml': '<x/>' },
}

test.each(Object.keys(lossyWord))('A Word document that has lost %s is wrong.', (name) => {
  const after = editPackage(everything(), lossyWord[name] ?? {})
  expect(compareWord(everything(), after, typed)).not.toEqual([])
})

test('A Word document that the editor component writes by itself is wrong.', async () => {
  const before = editPackage(everything(), { 'word/document.xml': type })
  const written = new Uint8Array(await repackDocx(await parseDocx(new Uint8Array(before).buffer)))
  expect(compareWord(everything(), written, typed)).not.toEqual([])
})

test('A Word document that has lost a part is wrong.', () => {
  const after = without(editPackage(everything(), { 'word/document.xml': type }), 'word/charts/chart1.xml')
  expect(compareWord(everything(), after, typed)).toEqual(['the part word/charts/chart1.xml is lost'])
})

const made = async (name: string): Promise<Uint8Array> => {
  const document = madeSheets.find((one) => one.name === `made/${name}.xlsx`)
  if (!document) throw new Error(`there is no ${name}`)
  return document.bytes()
}
const cell: Change = { removed: '', inserted: '4242', cell: { sheet: 'Data', name: 'B2' } }
const typeCell = (source: string) =>
  source.replace('<c r="B2"><v>3</v>', '<c r="B2"><v>4242</v>').replace('<v>5</v>', '<v>4244</v>')
const alsoInSheet = (change: (source: string) => string): PartEdits => ({
  'xl/worksheets/sheet1.xml': (source) => {
    const changed = change(typeCell(source))
    if (changed === typeCell(source)) throw new Error('nothing was lost')
    return changed
  },
})

test('A workbook in which a cell was changed, and a sum has followed, is as before.', async () => {
  const before = await made('a chart')
  const after = editPackage(before, { 'xl/worksheets/sheet1.xml': typeCell })
  expect(compareSheets(before, after, cell)).toEqual({ problems: [], recalculated: ['Data!B4'] })
})

const lossySheets: Readonly<Record<string, PartEdits>> = {
  'a chart': alsoInSheet((source) => source.replace(/<drawing [^>]*>/, '')),
  'a formula': alsoInSheet((source) => source.replace('<f>SUM(B2:B3)</f>', '')),
  'another cell': alsoInSheet((source) => source.replace('<v>2</v>', '<v>3</v>')),
  'a row': alsoInSheet((source) => source.replace(/<row r="3">.*?<\/row>/, '')),
  'the style of the cell': alsoInSheet((source) => source.replace('<c r="B2">', '<c r="B2" s="1">')),
  'the height of a row': alsoInSheet((source) => source.replace('<row r="3">', '<row r="3" ht="40">')),
  'the change itself': alsoInSheet((source) => source.replace('4242', '4243')),
  'everything that was changed': {},
  'the sheets of the workbook': {
    ...alsoInSheet((source) => `${source} `),
    'xl/workbook.xml': (source) => source.replace('name="Data"', 'name="Date"'),
  },
  'what a chart shows': {
    'xl/worksheets/sheet1.xml': typeCell,
    'xl/charts/chart1.xml': (source) => source.replace('$B$3', '$B$2'),
  },
}

test.each(Object.keys(lossySheets))('A workbook that has lost %s is wrong.', async (name) => {
  const before = await made('a chart')
  expect(compareSheets(before, editPackage(before, lossySheets[name] ?? {}), cell).problems).not.toEqual([])
})

test('Slides in which a word was added are as before, and are wrong when anything else has changed.', async () => {
  const before = (await samples.find(({ extension }) => extension === 'pptx')?.bytes()) ?? new Uint8Array()
  const slide = 'ppt/slides/slide1.xml'
  const change: Change = { removed: '', inserted: ' Zebrafink' }
  const add = (source: string) => source.replace('</a:t>', ' Zebrafink</a:t>')
  expect(compareOutline(before, editPackage(before, { [slide]: add }), change)).toEqual([])
  const bold = editPackage(before, { [slide]: (source) => add(source).replace('<a:rPr', '<a:rPr b="1"') })
  expect(compareOutline(before, bold, change)).not.toEqual([])
  expect(
    compareOutline(before, without(editPackage(before, { [slide]: add }), 'ppt/theme/theme1.xml'), change),
  ).not.toEqual([])
  expect(compareOutline(before, before, change)).not.toEqual([])
})

test('A table in which a field was changed is as before, and is wrong when a quote or a line end has changed too.', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const before = bytes('Name,"Moons"\r\nMars,2\r\n')
  const change: Change = { removed: 'Mars', inserted: 'Zebrafink' }
  expect(compareText(before, bytes('Name,"Moons"\r\nZebrafink,2\r\n'), change)).toEqual([])
  expect(compareText(before, bytes('Name,Moons\r\nZebrafink,2\r\n'), change)).not.toEqual([])
  expect(compareText(before, bytes('Name,"Moons"\nZebrafink,2\n'), change)).not.toEqual([])
})

test('A PDF that something was put on is as before, and is wrong when a byte of it has changed.', () => {
  const before = smallPdf(['One page'])
  expect(comparePdf(before, Buffer.concat([before, Buffer.from('1 0 obj')]))).toEqual([])
  expect(
    comparePdf(before, Buffer.concat([Buffer.from('%PDF-1.5'), before.subarray(8), Buffer.from('1')])),
  ).not.toEqual([])
  expect(comparePdf(before, before)).not.toEqual([])
})

const flat = (inside: string) =>
  `<office:document><office:meta>now</office:meta><office:body>${inside}</office:body></office:document>`
const paragraph = (words: string) => `<text:p><text:span text:style-name="T1">${words}</text:span></text:p>`

test('What LibreOffice reads may differ in the word, and in nothing else.', () => {
  const [before, after] = [flat(paragraph('Some plain words')), flat(paragraph('Some Zebrafink words'))]
  expect(compareFlatText(before, after.replace('now', 'later'), typed)).toEqual([])
  expect(compareFlatText(before, after.replace('Some', 'Many'), typed)).not.toEqual([])
  expect(compareFlatText(before, after.replace('</text:p>', '</text:p><text:p>More</text:p>'), typed)).not.toEqual([])
})

test('What LibreOffice reads in a workbook may differ in the cell and in what follows from it, and in nothing else.', () => {
  const sheet = (...values: readonly number[]) =>
    `<table:table table:name="Data"><table:table-row>${values.map((value) => `<table:table-cell office:value="${value}"/>`).join('')}</table:table-row></table:table>`
  const expected = new Set(['Data!A1', 'Data!C1'])
  expect(compareFlatSheets(flat(sheet(1, 2, 3)), flat(sheet(5, 2, 7)), expected)).toEqual([])
  expect(compareFlatSheets(flat(sheet(1, 2, 3)), flat(sheet(5, 3, 7)), expected)).not.toEqual([])
  expect(compareFlatSheets(flat(sheet(1, 2, 3)), flat(sheet(5, 2)), expected)).toEqual([])
  expect(compareFlatSheets(flat(sheet(1, 2, 3)), flat(`${sheet(5, 2, 7)}<draw:frame/>`), expected)).not.toEqual([])
})
