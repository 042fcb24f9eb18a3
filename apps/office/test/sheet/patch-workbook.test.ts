import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildPackage } from '../../src/documents/package/build-package.ts'
import { comparePackages } from '../../src/documents/package/compare-packages.ts'
import { openPackage } from '../../src/documents/package/package.ts'
import type { CellChange, SheetChanges } from '../../src/documents/sheet/changes.ts'
import { patchWorkbook } from '../../src/documents/sheet/patch/patch-workbook.ts'
import { readWorkbook } from '../../src/documents/sheet/read/read-workbook.ts'
import { readPlace } from '../../src/documents/sheet/reference.ts'
import type { Cell, CellValue } from '../../src/documents/sheet/workbook.ts'
import { smallWorkbook } from './small-workbook.ts'

const budget = readFileSync(new URL('../../../../samples/Household budget.xlsx', import.meta.url))

const at = (name: string, value: CellValue, more: Partial<CellChange> = {}): CellChange => {
  const place = readPlace(name)
  if (!place) throw new Error(`${name} is no place`)
  return { ...place, value, ...more }
}

function patch(bytes: Uint8Array, sheet: string, changes: Partial<SheetChanges>, needsCalculation = false) {
  const document = openPackage(bytes)
  const opened = { document, workbook: readWorkbook(document) }
  const all = new Map([[sheet, { typed: [], calculated: [], ...changes }]])
  const after = patchWorkbook(opened, { changes: all, needsCalculation })
  const read = openPackage(after)
  return { bytes: after, document: read, workbook: readWorkbook(read), differences: comparePackages(document, read) }
}

type Read = ReturnType<typeof patch>

const cell = ({ workbook }: Pick<Read, 'workbook'>, sheet: string, name: string): Cell | undefined => {
  const place = readPlace(name)
  const found = workbook.sheets.find((one) => one.name === sheet)
  return found?.rows.find(({ index }) => index === place?.row)?.cells.find(({ column }) => column === place?.column)
}
const xmlOf = ({ document }: Read, part = 'xl/worksheets/sheet1.xml') => new TextDecoder().decode(document.read(part))

describe('a changed cell', () => {
  test('changes its sheet and no other part, and its results are written with it', () => {
    const after = patch(budget, 'Budget', { typed: [at('B5', 4242)], calculated: [at('E5', 8442), at('B7', 4422)] })
    expect(after.differences).toEqual([{ name: 'xl/worksheets/sheet1.xml', is: 'changed' }])
    expect(cell(after, 'Budget', 'B5')).toMatchObject({ value: 4242, style: 3 })
    expect(cell(after, 'Budget', 'E5')).toMatchObject({ value: 8442, formula: 'SUM(B5:D5)' })
    const before = new TextDecoder().decode(openPackage(budget).read('xl/worksheets/sheet1.xml'))
    const expected = before
      .replace('<c r="B5" s="3"><v>2100</v>', '<c r="B5" s="3"><v>4242</v>')
      .replace('<v>6300</v>', '<v>8442</v>')
      .replace('<v>2280</v>', '<v>4422</v>')
    expect(xmlOf(after)).toBe(expected)
  })

  test('that is set to what it was changes not one byte', () => {
    const same = patch(budget, 'Budget', { typed: [at('B5', 2100)], calculated: [at('E5', 6300)] })
    expect(Buffer.from(same.bytes).equals(budget)).toBe(true)
  })

  test('keeps its place among cells and rows that were not there', () => {
    const typed = [at('C1', 'right'), at('A3', true), at('C40', 1.5), at('B25', 'new'), at('A40', { error: '#N/A' })]
    const after = patch(budget, 'Budget', { typed })
    expect(typed.map(({ value }) => value)).toEqual(
      ['C1', 'A3', 'C40', 'B25', 'A40'].map((name) => cell(after, 'Budget', name)?.value),
    )
    expect(xmlOf(after)).toContain('<dimension ref="A1:E40"/>')
  })
})

describe('formulas', () => {
  const shared = smallWorkbook({
    rows: `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row>
<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>
<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v>6</v></c></row>`,
  })

  test('that share the one of a cell that is overwritten keep theirs', () => {
    const after = patch(shared, 'Data', { typed: [at('B1', 7)] })
    expect(cell(after, 'Data', 'B2')).toMatchObject({ formula: 'A2*2', value: 4 })
    expect(cell(after, 'Data', 'B3')).toMatchObject({ formula: 'A3*2', value: 6 })
    expect(xmlOf(after)).toContain('<f t="shared" ref="B2:B3" si="0">A2*2</f>')
  })

  test('are recalculated in a group whose first cell changes', () => {
    const after = patch(shared, 'Data', { typed: [at('B1', 7), at('A2', 10)], calculated: [at('B2', 20)] })
    expect(cell(after, 'Data', 'B2')).toMatchObject({ formula: 'A2*2', value: 20 })
    expect(cell(after, 'Data', 'B3')).toMatchObject({ formula: 'A3*2', value: 6 })
  })

  test('that are gone are gone from the order of calculation too', () => {
    const chained = smallWorkbook({
      rows: '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
      chain: '<c r="A1" i="1"/>',
    })
    const after = patch(chained, 'Data', { typed: [at('A1', 5)] })
    expect(after.differences.map(({ name, is }) => `${name} ${is}`).sort()).toEqual([
      '[Content_Types].xml changed',
      'xl/_rels/workbook.xml.rels changed',
      'xl/calcChain.xml removed',
      'xl/worksheets/sheet1.xml changed',
    ])
    expect(xmlOf(after, '[Content_Types].xml')).not.toContain('calcChain')
    const other = patch(chained, 'Data', { typed: [at('A2', 0, { formula: 'A1*2' })] })
    expect(other.differences).toEqual([{ name: 'xl/worksheets/sheet1.xml', is: 'changed' }])
  })

  test('that cannot be calculated here are left to the next program', () => {
    const after = patch(shared, 'Data', { typed: [at('A1', 9)] }, true)
    expect(xmlOf(after, 'xl/workbook.xml')).toContain('<calcPr fullCalcOnLoad="1"/>')
  })
})

test('a number format that is new gets a style of its own, and the others keep their numbers', () => {
  const after = patch(budget, 'Budget', { typed: [at('B5', 45_000, { format: 'dd.mm.yyyy' })] })
  const changed = cell(after, 'Budget', 'B5')
  expect(after.workbook.styles[changed?.style ?? 0]?.format).toBe('dd.mm.yyyy')
  expect(cell(after, 'Budget', 'B6')?.style).toBe(3)
  expect(after.workbook.styles[3]?.format).toBe('#,##0.00')
  expect(after.differences.map(({ name }) => name)).toEqual(['xl/worksheets/sheet1.xml', 'xl/styles.xml'])
})

describe('markup that others write in their own way', () => {
  test('cells and rows that do not say where they are stay where they are', () => {
    const rows =
      '<row><c><v>1</v></c><c r="C1"><v>3</v></c><c><v>4</v></c></row><row><c t="inlineStr"><is><t>x</t></is></c></row>'
    const after = patch(smallWorkbook({ rows }), 'Data', { typed: [at('B1', 2), at('B2', 'y')] })
    const values = ['A1', 'B1', 'C1', 'D1', 'A2', 'B2'].map((name) => cell(after, 'Data', name)?.value)
    expect(values).toEqual([1, 2, 3, 4, 'x', 'y'])
  })

  test('empty rows and empty sheets are opened', () => {
    expect(
      cell(patch(smallWorkbook({ rows: '<row r="2"/>' }), 'Data', { typed: [at('B2', 2)] }), 'Data', 'B2')?.value,
    ).toBe(2)
    expect(cell(patch(smallWorkbook({ rows: '' }), 'Data', { typed: [at('B2', 2)] }), 'Data', 'B2')?.value).toBe(2)
  })

  test('a prefix of the namespace is kept', () => {
    const after = patch(
      smallWorkbook({ rows: '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>', prefix: 'x:' }),
      'Data',
      {
        typed: [at('A1', 'a'), at('B1', 3, { formula: 'A1+2' }), at('A2', 2)],
      },
    )
    expect(xmlOf(after)).toContain('<x:c r="B1"><x:f>A1+2</x:f><x:v>3</x:v></x:c>')
    expect(xmlOf(after)).not.toMatch(/<(row|c|v|f|is|t)[ >]/)
  })
})

test('any cells with any content are read back as they were meant, and the rest as it was', () => {
  const text = fc.string({ unit: 'binary', maxLength: 12 })
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
    text.filter((one) => one !== ''),
    fc.constantFrom('_x0041_', '\u0000', '\r\n', '<&>"', ' lead', ']]>', '\ud83d', '\uffff'),
    fc.boolean(),
    fc.constantFrom({ error: '#DIV/0!' }, { error: '#N/A' }),
    fc.constant(null),
  )
  const place = fc.record({ row: fc.nat(60), column: fc.nat(30) })
  const change = fc.record({
    place,
    value,
    formula: fc.option(fc.constantFrom('A1+1', '"<"&B2', "'a b'!C3"), { nil: undefined }),
  })
  const changes = fc.uniqueArray(change, {
    maxLength: 25,
    selector: ({ place: { row, column } }) => `${row} ${column}`,
  })
  fc.assert(
    fc.property(changes, (all) => {
      const typed = all.map(({ place: one, value: to, formula }) => ({
        ...one,
        value: to,
        ...(formula !== undefined && { formula }),
      }))
      const after = patch(budget, 'Budget', { typed })
      const found = new Map(
        after.workbook.sheets[0]?.rows.flatMap((row) => row.cells.map((one) => [`${row.index} ${one.column}`, one])),
      )
      for (const { row, column, value: to, formula } of typed) {
        const now = found.get(`${row} ${column}`)
        expect(now?.value ?? null).toEqual(to === 0 ? 0 : to)
        expect(now?.formula).toBe(formula)
      }
    }),
    { numRuns: 100 },
  )
})

test('a workbook that is signed is not changed', () => {
  const signed = buildPackage({ ...partsOf(budget), '_xmlsignatures/sig1.xml': '<Signature/>' })
  expect(() => patch(signed, 'Budget', { typed: [at('A1', 1)] })).toThrow('digitally signed')
})

const partsOf = (bytes: Uint8Array) => {
  const document = openPackage(bytes)
  return Object.fromEntries(document.names.map((name) => [name, document.read(name)]))
}
