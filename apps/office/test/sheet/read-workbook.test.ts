import { describe, expect, test } from 'vitest'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import { blankWorkbook } from '../../src/documents/sheet/blank-workbook.ts'
import { shiftFormula } from '../../src/documents/sheet/formula/shift.ts'
import { from1904 } from '../../src/documents/sheet/from-1904.ts'
import { whyFixed } from '../../src/documents/sheet/may-change.ts'
import { readStrings } from '../../src/documents/sheet/read/read-strings.ts'
import { readWorkbook } from '../../src/documents/sheet/read/read-workbook.ts'
import type { Workbook } from '../../src/documents/sheet/workbook.ts'
import { type SmallWorkbook, smallWorkbook } from './small-workbook.ts'
import { budget } from './support.ts'

const read = (small: SmallWorkbook): Workbook => readWorkbook(openPackage(smallWorkbook(small)))
const cells = ({ sheets: [sheet] }: Workbook) => sheet?.rows.flatMap((row) => row.cells) ?? []

describe('cells', () => {
  test('hold numbers, strings of all kinds, booleans, errors and dates', () => {
    const rows = `<row r="1"><c r="A1"><v>1.5E3</v></c><c r="B1" t="inlineStr"><is><r><t>a </t></r><r><t>&lt;b&gt;</t></r></is></c>
      <c r="C1" t="str"><f>1</f><v>c</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c>
      <c r="F1" t="d"><v>2024-03-01</v></c><c r="G1"/><c r="H1" t="inlineStr"><is><t><![CDATA[<&>]]></t></is></c></row>`
    const values = cells(read({ rows })).map(({ value }) => value)
    expect(values).toEqual([1500, 'a <b>', 'c', true, { error: '#N/A' }, 45352, null, '<&>'])
  })

  test('share strings, without what is only read aloud', () => {
    const xml =
      '<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r><rPh><t>no</t></rPh></si><si/></sst>'
    expect(readStrings(xml)).toEqual(['plain', 'rich ', ''])
    expect(readStrings('<sst><si><t>_x000D_ _x005F_x0041_</t></si></sst>')).toEqual(['\r _x0041_'])
  })

  test('share formulas that move with them', () => {
    const rows = `<row r="1"><c r="B1"><f t="shared" ref="B1:C2" si="0">A1+$A$1+Sheet2!A1+"A1"</f></c><c r="C1"><f t="shared" si="0"/></c></row>
      <row r="2"><c r="B2"><f t="shared" si="0"/></c></row>`
    expect(cells(read({ rows })).map(({ formula }) => formula)).toEqual([
      'A1+$A$1+Sheet2!A1+"A1"',
      'B1+$A$1+Sheet2!B1+"A1"',
      'A2+$A$1+Sheet2!A2+"A1"',
    ])
  })
})

test.each([
  ['A1', 1, 1, 'B2'],
  ['A$1+$A1+$A$1', 1, 1, 'B$1+$A2+$A$1'],
  ['SUM(A:A)+SUM(1:1)', 1, 1, 'SUM(B:B)+SUM(2:2)'],
  ['\'My A1\'!B2&"B2"', 1, 0, '\'My A1\'!B3&"B2"'],
  ['LOG10(A1)+ATAN2(B1,C1)', 0, 1, 'LOG10(B1)+ATAN2(C1,D1)'],
  ['A1', -1, 0, '#REF!'],
  ['Table1[Total A1]+Rate_1', 3, 3, 'Table1[Total A1]+Rate_1'],
  ['1E5+A1', 1, 0, '1E5+A2'],
])('%s reads %i further down and %i to the right as %s', (formula, rows, columns, expected) => {
  expect(shiftFormula(formula, rows, columns)).toBe(expected)
})

test('a real workbook is read with its looks', () => {
  const workbook = readWorkbook(openPackage(budget))
  const [sheet] = workbook.sheets
  expect(workbook.sheets.map(({ name }) => name)).toEqual(['Budget', 'Goals'])
  expect(sheet?.frozen).toEqual({ rows: 4, columns: 0 })
  expect(sheet?.columns).toEqual([
    { from: 0, to: 0, width: 22 },
    { from: 1, to: 4, width: 13 },
  ])
  expect(workbook.styles[2]).toMatchObject({ font: { isBold: true, color: 'FFFFFF' }, fill: '2F5496' })
  expect(workbook.styles[6]?.format).toBe('0%')
  expect(workbook.styles[4]?.borders).toEqual({ top: { line: 'thin', color: '2F5496' } })
})

test('a new workbook is one', () => {
  expect(readWorkbook(openPackage(blankWorkbook())).sheets).toMatchObject([{ name: 'Sheet1', rows: [], isCut: false }])
})

describe('what belongs to something larger is not changed by itself', () => {
  const why = (workbook: Workbook, row: number, column: number) => {
    const [sheet] = workbook.sheets
    return sheet && whyFixed(workbook, sheet, { row, column })
  }
  const related = (type: string, target: string) =>
    `<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="../${target}"/>`

  test('the head and foot of a table', () => {
    const workbook = read({
      rows: '<row r="1"><c r="A1"><v>1</v></c></row>',
      relationships: related('table', 'tables/table1.xml'),
      parts: { 'xl/tables/table1.xml': '<table ref="A1:B5" totalsRowCount="1"/>' },
    })
    expect([0, 1, 4].map((row) => why(workbook, row, 0))).toEqual(['table', undefined, 'table'])
  })

  test('a pivot table', () => {
    const workbook = read({
      rows: '',
      relationships: related('pivotTable', 'pivotTables/p.xml'),
      parts: { 'xl/pivotTables/p.xml': '<pivotTableDefinition><location ref="C3:D9"/></pivotTableDefinition>' },
    })
    expect(why(workbook, 4, 3)).toBe('pivot table')
    expect(workbook.unseen).toContain('pivot tables')
  })

  test('a protected sheet', () => {
    expect(why(read({ rows: '', after: '<sheetProtection sheet="1"/>' }), 0, 0)).toBe('protection')
    expect(why(read({ rows: '', after: '<sheetProtection/>' }), 0, 0)).toBeUndefined()
  })
})

describe('hostile workbooks end in a sentence', () => {
  test('entities are not read', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData/></worksheet>'
    const parts = { 'xl/worksheets/sheet1.xml': bomb }
    expect(() => read({ rows: '', parts })).toThrow('declares XML entities')
    expect(() => read({ rows: '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>' })).toThrow('damaged')
  })

  test.each([
    ['<row r="1"><c r="A1"></row>'],
    ['<row r="2"/><row r="1"/>'],
    ['<row r="1"><c r="B1"/><c r="A1"/></row>'],
    ['<row r="1"><c r="A2"/></row>'],
    [`${'<x>'.repeat(100)}${'</x>'.repeat(100)}`],
    ['<row r="1"><c r="A1" t="str"><v>&#x110000;</v></c></row>'],
  ])('what is malformed is damaged: %s', (rows) => {
    expect(() => read({ rows })).toThrow('damaged')
  })

  test('a sheet of a million rows is shown in part, and not changed', () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => `<row r="${index + 1}"><c><v>1</v></c></row>`).join('')
    const workbook = readWorkbook(openPackage(smallWorkbook({ rows })), 1_000)
    expect(cells(workbook).length).toBe(1_000)
    expect(workbook.obstacles[0]).toContain('not all rows are shown')
  })

  test('a package without a workbook says so', () => {
    expect(() => readWorkbook(openPackage(buildPackage({ 'a.txt': 'a' })))).toThrow('no workbook')
  })
})

test('days that are counted from 1904 are shown as they are meant, and not changed', () => {
  const workbook = readWorkbook(
    openPackage(
      smallWorkbook({
        rows: '<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1"><v>7</v></c></row>',
        properties: '<workbookPr date1904="1"/>',
        styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
      }),
    ),
  )
  expect(workbook.obstacles[0]).toContain('1904')
  expect(cells(from1904(workbook)).map(({ value }) => value)).toEqual([1462, 7])
})
