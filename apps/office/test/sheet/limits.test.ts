import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { inspectWorkbook } from '../../src/documents/sheet/inspect-workbook.ts'
import { openWorkbook } from '../../src/documents/sheet/open-workbook.ts'
import { patchWorkbook } from '../../src/documents/sheet/patch/patch-workbook.ts'
import { columnName } from '../../src/documents/sheet/reference.ts'
import { sheetForm } from '../../src/documents/sheet/sheet-form.ts'
import { typedCells } from '../../src/documents/sheet/typed-cells.ts'
import { smallWorkbook } from './small-workbook.ts'

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')

/** What somebody is told. */
const sentenceOf = (bytes: Uint8Array): Promise<string> =>
  sheetForm(bytes).then(
    ({ refusal }) => refusal?.why ?? '',
    (cause: Error) => cause.message,
  )

test('a sheet of a million rows is shown as far as it is read, and says so', { timeout: 120_000 }, async () => {
  const bytes = smallWorkbook({
    rows: times(1_000_000, (at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`),
  })
  expect(await sentenceOf(bytes)).toMatch(/not all rows are shown|takes too long/)
})

test('a cell of a sheet with every column there can be is changed', { timeout: 60_000 }, () => {
  const last = columnName(16_383)
  const cells = times(16_384, (at) => `<c r="${columnName(at)}1"><v>${at}</v></c>`)
  const opened = openWorkbook(smallWorkbook({ rows: `<row r="1">${cells}</row>` }))
  const typed = [{ row: 0, column: 16_383, value: -1 }]
  const bytes = patchWorkbook(opened, {
    changes: new Map([['Data', { typed, calculated: [] }]]),
    needsCalculation: false,
  })
  expect(new TextDecoder().decode(openPackage(bytes).read('xl/worksheets/sheet1.xml'))).toContain(
    `<c r="${last}1"><v>-1</v></c>`,
  )
})

test('a hundred thousand styles are read, and no more are added than programs take', { timeout: 60_000 }, () => {
  const xf = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
  const styles = `<cellXfs count="100000">${xf.repeat(100_000)}</cellXfs>`
  const opened = openWorkbook(smallWorkbook({ rows: '<row r="1"><c r="A1" s="99999"><v>1</v></c></row>', styles }))
  expect(opened.workbook.styles).toHaveLength(100_000)
  const looks = [{ row: 0, column: 0, look: { isBold: true } }]
  const changes = new Map([['Data', { typed: [], calculated: [], looks }]])
  expect(() => patchWorkbook(opened, { changes, needsCalculation: false })).toThrow('more styles than programs take')
})

test('a million shared strings are read', { timeout: 120_000 }, async () => {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings'
  const bytes = smallWorkbook({
    rows: '<row r="1"><c r="A1" t="s"><v>999999</v></c></row>',
    links: `<Relationship Id="rId9" Type="${type}" Target="sharedStrings.xml"/>`,
    parts: { 'xl/sharedStrings.xml': `<sst>${times(1_000_000, (at) => `<si><t>s${at}</t></si>`)}</sst>` },
  })
  expect(await sentenceOf(bytes)).toBe('')
  expect(openWorkbook(bytes).workbook.sheets[0]?.rows[0]?.cells[0]?.value).toBe('s999999')
})

test('a part that unpacks to a hundred times what is read is not unpacked', async () => {
  const bytes = smallWorkbook({ rows: ' '.repeat(120 * 1024 * 1024) })
  expect(await sentenceOf(bytes)).toMatch(/too large|larger/)
})

test('entities that blow up are not read', async () => {
  const entities = times(9, (at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`)
  const bomb = `<!DOCTYPE worksheet [<!ENTITY l0 "lol">${entities}]><worksheet><sheetData><row r="1"><c r="A1"><v>&l9;</v></c></row></sheetData></worksheet>`
  expect(await sentenceOf(smallWorkbook({ rows: '', parts: { 'xl/worksheets/sheet1.xml': bomb } }))).toContain(
    'declares XML entities',
  )
})

test('elements without end in one another are no workbook', async () => {
  expect(await sentenceOf(smallWorkbook({ rows: '', after: '<a>'.repeat(1_000_000) }))).toContain('not well-formed')
})

test('parts that refer to each other in a circle come to an end', async () => {
  const circle = '<Relationship Id="rId1" Type="x/table" Target="../worksheets/sheet1.xml"/>'
  expect(await sentenceOf(smallWorkbook({ rows: '', relationships: circle }))).toContain('there is no table')
})

test('what takes too long, or too much memory, ends in a sentence, and the next workbook is read', {
  timeout: 60_000,
}, async () => {
  const large = smallWorkbook({
    rows: times(60_000, (at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`),
  })
  await expect(inspectWorkbook(large, { time: 1, memory: 1_024 })).rejects.toThrow('takes too long')
  await expect(inspectWorkbook(large, { time: 30_000, memory: 8 })).rejects.toThrow('too much memory')
  expect(await inspectWorkbook(large)).toEqual([])
})

test('an archive that lies about what is in it is damaged', async () => {
  const bytes = Buffer.from(buildPackage({ 'xl/workbook.xml': 'x'.repeat(1000) }))
  expect(await sentenceOf(bytes.subarray(0, bytes.length - 30))).toContain('damaged')
})

test('a large workbook is written in a thread of its own, as it would be written at once', {
  timeout: 60_000,
}, async () => {
  const large = smallWorkbook({
    rows: times(60_000, (at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`),
  })
  const form = await sheetForm(large)
  const document = new Y.Doc()
  typedCells(document, 'Data').set('A7', { value: 'x' })
  const writing = form.written?.(document)
  typedCells(document, 'Data').set('A8', { value: 'y' })
  const first = await writing
  expect(
    first &&
      openWorkbook(first)
        .workbook.sheets[0]?.rows.slice(6, 8)
        .map(({ cells }) => cells[0]?.value),
  ).toEqual(['x', 7])
  const second = await form.written?.(document)
  expect(second?.equals(form.bytes(document))).toBe(true)
  expect(second && openWorkbook(second).workbook.sheets[0]?.rows[7]?.cells[0]?.value).toBe('y')
})
