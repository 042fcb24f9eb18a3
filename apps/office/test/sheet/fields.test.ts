import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { readFields } from '../../src/documents/csv/fields.ts'
import { setField, setFields } from '../../src/documents/csv/set-field.ts'

const values = (text: string, delimiter = ',') =>
  readFields(text, delimiter).rows.map((row) => row.map(({ value }) => value))

test.each([
  ['a,b\nc', [['a', 'b'], ['c']]],
  [
    'a,"b ""x"" , c"\n"d\ne",f\n',
    [
      ['a', 'b "x" , c'],
      ['d\ne', 'f'],
    ],
  ],
  ['a,,\n\n', [['a', '', ''], ['']]],
  ['', []],
  ['"open, never closed', [['open, never closed']]],
])('%j is read as fields', (text, expected) => {
  expect(values(text)).toEqual(expected)
})

test('a field that changes is all that changes', () => {
  const text = '"Name";Moons\n"Mars; red";"2"\nEarth;1\n'
  const table = readFields(text, ';')
  expect(setField(table, { row: 1, column: 1 }, '3')).toBe('"Name";Moons\n"Mars; red";"3"\nEarth;1\n')
  expect(setField(table, { row: 2, column: 0 }, 'a;b')).toBe('"Name";Moons\n"Mars; red";"2"\n"a;b";1\n')
  expect(setField(table, { row: 2, column: 3 }, 'x')).toBe('"Name";Moons\n"Mars; red";"2"\nEarth;1;;x\n')
  expect(setField(table, { row: 4, column: 1 }, 'y')).toBe(`${text}\n;y\n`)
  expect(setField(readFields('a', ','), { row: 1, column: 0 }, 'b')).toBe('a\nb')
  expect(setField(readFields('', ','), { row: 0, column: 1 }, 'b')).toBe(',b')
})

const cell = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('', '"', 'a"b', 'x,y', 'two\nlines', ' lead', '1.50'),
)

test('whatever is set is read back by another reader, and every other field as it was', () => {
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(table, fc.nat(8), fc.nat(7), cell, (rows, row, column, value) => {
      const clean = (text: string) => text.replaceAll('\r', '')
      const before = readFields(
        Papa.unparse(
          rows.map((one) => one.map(clean)),
          { newline: '\n' },
        ),
        ',',
      )
      const after = setFields(before, [{ row, column, value: clean(value) }])
      const expected = before.rows.map((one) => one.map((field) => field.value))
      if (clean(value) !== '' || expected[row]?.[column] !== undefined) {
        while (expected.length <= row) expected.push([''])
        const line = expected[row] ?? []
        while (line.length <= column) line.push('')
        line[column] = clean(value)
      }
      const found = Papa.parse<string[]>(after, { delimiter: ',', newline: '\n' }).data
      const isEmpty = (one: readonly string[]) => one.every((field) => field === '')
      const trim = (all: string[][]) => all.slice(0, all.findLastIndex((one) => !isEmpty(one)) + 1)
      expect(trim(found)).toEqual(trim(expected))
    }),
  )
})
