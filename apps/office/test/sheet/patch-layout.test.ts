import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asLibreOfficeReads } from '../../../../tests/e2e/libre-office.ts'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import type { SheetChanges } from '../../src/documents/sheet/changes.ts'
import { type Look, readLook } from '../../src/documents/sheet/look.ts'
import { patchWorkbook } from '../../src/documents/sheet/patch/patch-workbook.ts'
import { readWorkbook } from '../../src/documents/sheet/read/read-workbook.ts'
import { readArea, readPlace } from '../../src/documents/sheet/reference.ts'
import type { CellStyle, Sheet } from '../../src/documents/sheet/workbook.ts'
import { smallWorkbook } from './small-workbook.ts'

const budget = readFileSync(new URL('../../../../samples/Household budget.xlsx', import.meta.url))
const one = '<row r="1"><c r="A1"><v>1</v></c></row>'

function patch(bytes: Uint8Array, sheet: string, changes: Partial<SheetChanges>) {
  const document = openPackage(bytes)
  const all = new Map([[sheet, { typed: [], calculated: [], ...changes }]])
  const after = patchWorkbook({ document, workbook: readWorkbook(document) }, { changes: all, needsCalculation: false })
  const read = openPackage(after)
  return { bytes: after, document: read, workbook: readWorkbook(read), differences: comparePackages(document, read) }
}

const place = (name: string) => {
  const found = readPlace(name)
  if (!found) throw new Error(`${name} is no place`)
  return found
}
const area = (name: string) => {
  const found = readArea(name)
  if (!found) throw new Error(`${name} is no area`)
  return found
}
const sheetOf = ({ workbook }: Pick<ReturnType<typeof patch>, 'workbook'>, name: string): Sheet => {
  const found = workbook.sheets.find((sheet) => sheet.name === name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}
function styleOf(read: Pick<ReturnType<typeof patch>, 'workbook'>, sheet: string, name: string): CellStyle | undefined {
  const { row, column } = place(name)
  const cells = sheetOf(read, sheet).rows.find(({ index }) => index === row)?.cells
  return read.workbook.styles[cells?.find((cell) => cell.column === column)?.style ?? 0]
}
const before = { workbook: readWorkbook(openPackage(budget)) }

test('a cell gets another font, fill, border and alignment, and all others keep theirs', () => {
  const look: Look = {
    isBold: true,
    isItalic: true,
    font: 'Arial',
    size: 14,
    color: 'C00000',
    fill: 'FFFF00',
    horizontal: 'center',
    wraps: true,
    borders: { top: { line: 'thick', color: '00FF00' }, left: null },
  }
  const read = patch(budget, 'Budget', {
    looks: [
      { ...place('B5'), look },
      { ...place('H30'), look },
    ],
  })
  expect(styleOf(read, 'Budget', 'B5')).toMatchObject({
    format: styleOf(before, 'Budget', 'B5')?.format,
    font: { name: 'Arial', size: 14, isBold: true, isItalic: true, color: 'C00000' },
    fill: 'FFFF00',
    horizontal: 'center',
    wraps: true,
    borders: { top: { line: 'thick', color: '00FF00' } },
  })
  expect(styleOf(read, 'Budget', 'H30')?.fill).toBe('FFFF00')
  expect(styleOf(read, 'Budget', 'B6')).toEqual(styleOf(before, 'Budget', 'B6'))
  expect(read.differences.map(({ name }) => name)).toEqual(['xl/worksheets/sheet1.xml', 'xl/styles.xml'])
})

test('a look that is so already changes nothing', () => {
  const { isBold, color } = styleOf(before, 'Budget', 'A1')?.font ?? {}
  const look = { ...(isBold !== undefined && { isBold }), ...(color && { color }) }
  const rows = [{ index: 0, size: sheetOf(before, 'Budget').rows[0]?.height ?? 0 }]
  const { merges, frozen } = sheetOf(before, 'Budget')
  const read = patch(budget, 'Budget', { looks: [{ ...place('A1'), look }], rows, merges, frozen })
  expect(Buffer.from(read.bytes).equals(budget)).toBe(true)
})

test('a workbook that has no styles gets some, where it is typed into and where it is made to look another way', () => {
  const bare = smallWorkbook({ rows: one })
  const typed = [{ ...place('A2'), value: 0.5, format: '0%' }]
  const read = patch(bare, 'Data', { typed, looks: [{ ...place('A1'), look: { isBold: true } }] })
  expect(styleOf(read, 'Data', 'A1')?.font.isBold).toBe(true)
  expect(styleOf(read, 'Data', 'A2')?.format).toBe('0%')
  expect(read.differences.map(({ name }) => name).sort()).toEqual([
    '[Content_Types].xml',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/worksheets/sheet1.xml',
  ])
})

test('a part of styles that lacks what is needed is completed', () => {
  const read = patch(smallWorkbook({ rows: one, styles: '' }), 'Data', {
    looks: [{ ...place('A1'), look: { fill: '00B050', borders: { bottom: { line: 'thin' } } } }],
  })
  expect(styleOf(read, 'Data', 'A1')).toMatchObject({ fill: '00B050', borders: { bottom: { line: 'thin' } } })
})

test('one column of a stretch becomes wider, another is hidden, and the others stay', () => {
  const cols = '<cols><col min="2" max="6" width="20" customWidth="1" style="0"/></cols>'
  const bytes = smallWorkbook({ rows: one, before: cols })
  const columns = [
    { index: 3, size: 30 },
    { index: 8, isHidden: true },
  ]
  const read = patch(bytes, 'Data', { columns })
  expect(sheetOf(read, 'Data').columns).toEqual([
    { from: 1, to: 2, width: 20, style: 0 },
    { from: 3, to: 3, width: 30, style: 0 },
    { from: 4, to: 5, width: 20, style: 0 },
    { from: 8, to: 8, width: 9.140625, isHidden: true },
  ])
})

test('rows become higher and hidden, also where there was none', () => {
  const read = patch(smallWorkbook({ rows: one }), 'Data', {
    rows: [
      { index: 0, size: 40 },
      { index: 4, size: 22.5, isHidden: true },
    ],
    typed: [{ ...place('B5'), value: 'x' }],
  })
  expect(sheetOf(read, 'Data').rows.map(({ index, height, isHidden }) => [index, height, isHidden])).toEqual([
    [0, 40, undefined],
    [4, 22.5, true],
  ])
})

test('cells are merged and parted, and rows frozen and let go', () => {
  const after =
    '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells><pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>'
  const bytes = smallWorkbook({ rows: one, after })
  const read = patch(bytes, 'Data', { merges: [area('C3:D4')], frozen: { rows: 2, columns: 1 } })
  expect(sheetOf(read, 'Data')).toMatchObject({ merges: [area('C3:D4')], frozen: { rows: 2, columns: 1 } })
  const again = patch(read.bytes, 'Data', { merges: [], frozen: { rows: 0, columns: 0 } })
  expect(sheetOf(again, 'Data')).toMatchObject({ merges: [], frozen: { rows: 0, columns: 0 } })
  expect(new TextDecoder().decode(again.document.read('xl/worksheets/sheet1.xml'))).toContain('<pageMargins left="1"')
})

const flag = fc.option(fc.boolean(), { nil: undefined })
const color = fc.option(fc.constantFrom('', 'FF0000', '12AB00'), { nil: undefined })
const border = fc.constantFrom(null, { line: 'thin' }, { line: 'double', color: '0000FF' })
const look = fc.record({
  font: fc.option(fc.constantFrom('Arial', 'A & B "c"'), { nil: undefined }),
  size: fc.option(fc.constantFrom(8, 10.5, 72), { nil: undefined }),
  isBold: flag,
  isUnderlined: flag,
  isStruck: flag,
  color,
  fill: color,
  horizontal: fc.option(fc.constantFrom('general', 'left', 'right'), { nil: undefined }),
  vertical: fc.option(fc.constantFrom('top', 'center', 'bottom'), { nil: undefined }),
  wraps: flag,
  rotation: fc.option(fc.constantFrom(0, 45, -30, 255), { nil: undefined }),
  borders: fc.option(fc.record({ left: border, bottom: border }), { nil: undefined }),
})
const index = fc.nat(25)

test('any looks and sizes are read back as they were meant', () => {
  const looks = fc.uniqueArray(fc.record({ row: index, column: index, look }), {
    selector: ({ row, column }) => `${row} ${column}`,
    maxLength: 8,
  })
  const line = fc.record({ index, size: fc.constantFrom(5, 20.25, 100), isHidden: fc.boolean() })
  const lines = fc.uniqueArray(line, { selector: (one) => one.index, maxLength: 6 })
  const format = fc.option(fc.constantFrom('0%', 'yyyy-mm-dd', '0.000'), { nil: undefined })
  fc.assert(
    fc.property(looks, lines, lines, format, (given, rows, columns, shown) => {
      const meant = given.map((change) => ({ ...change, look: readLook(change.look) }))
      const typed = meant
        .slice(0, 4)
        .map(({ row, column }) => ({ row, column, value: 0.5, ...(shown !== undefined && { format: shown }) }))
      const read = patch(budget, 'Budget', { typed, looks: meant, rows, columns })
      for (const { index: at, size, isHidden } of rows) {
        const row = sheetOf(read, 'Budget').rows.find((found) => found.index === at)
        expect([row?.height, row?.isHidden ?? false]).toEqual([size, isHidden])
      }
      expect(sheetOf(read, 'Budget').merges).toEqual(sheetOf(before, 'Budget').merges)
    }),
    { numRuns: 40 },
  )
})

test('LibreOffice sees the new looks, widths and merged cells', { timeout: 180_000 }, async () => {
  const read = patch(budget, 'Budget', {
    looks: [
      { ...place('B5'), look: { isBold: true, fill: 'FFFF00', borders: { top: { line: 'thick', color: '00FF00' } } } },
    ],
    columns: [{ index: 1, size: 30 }],
    merges: [area('A23:B24')],
    frozen: { rows: 2, columns: 0 },
  })
  const seen = await asLibreOfficeReads(read.bytes, 'Budget.xlsx', 'fods')
  expect(seen).toContain('fo:background-color="#ffff00"')
  expect(seen).toMatch(/fo:border-top="[\d.]+pt solid #00ff00"/)
  expect(seen).toContain('table:number-columns-spanned="2" table:number-rows-spanned="2"')
})

test('what another browser sends is taken apart: only what a look may be is left of it', () => {
  expect(
    readLook({ isBold: 'yes', size: 1e9, color: '<x>', font: '', fill: 'FF0000', borders: { left: { line: 'x' } } }),
  ).toEqual({
    fill: 'FF0000',
  })
  expect(readLook(null)).toEqual({})
  expect(readLook({ font: 'A\u0000', format: '0\ud800' })).toEqual({})
})
