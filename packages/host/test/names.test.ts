import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conflictNames, isValidName, nextFreeNames, repairName, splitName } from '../src/index.ts'

const anyName = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('..', '.', '', 'con', 'COM1.txt', '~$a', 'a/b', '\0', '. .', '...docx', `${'é'.repeat(300)}.docx`),
)

test('every name that is repaired is valid', () => {
  fc.assert(
    fc.property(anyName, (wanted) => {
      expect(isValidName(repairName(wanted)), JSON.stringify(repairName(wanted))).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('a valid name is left as it is', () => {
  fc.assert(
    fc.property(anyName.filter(isValidName), (name) => {
      expect(repairName(name)).toBe(name)
    }),
  )
})

test('every name on offer for a name that is taken is valid, different, and keeps the extension', () => {
  fc.assert(
    fc.property(anyName.map(repairName), (name) => {
      const offered = [...take(nextFreeNames(name), 12)]
      expect(new Set(offered).size).toBe(12)
      for (const one of offered) {
        expect(isValidName(one), one).toBe(true)
        expect(splitName(one).extension).toBe(splitName(name).extension)
      }
    }),
  )
})

test('a conflict copy stands beside its file and says when and whose', () => {
  const at = Date.UTC(2026, 4, 6)
  expect([...take(conflictNames('report.docx', 'Ann', at), 2)]).toEqual([
    'report (conflict 2026-05-06 Ann).docx',
    'report (conflict 2026-05-06 Ann) (2).docx',
  ])
  for (const [name] of [
    ['../../x', 'a'],
    ['x.docx', '../../etc'],
    [`${'n'.repeat(251)}.doc`, 'Ann'],
  ]) {
    for (const one of take(conflictNames(name ?? '', '../Eve\0', at), 3)) expect(isValidName(one), one).toBe(true)
  }
})

test.each([
  'a\u0000b',
  'a/b',
  'a\\b',
  '..',
  '.',
  '',
  '.hidden',
  'end.',
  'end ',
  ' start',
  'nul',
  'LPT9.txt',
  'a\u202eb'.replace('\u202e', '\n'),
  '\ud800',
  'cafe\u0301',
  'x'.repeat(256),
  '😀'.repeat(64),
  '~$doc.docx',
])('%j is no valid name', (name) => {
  expect(isValidName(name)).toBe(false)
})

test.each(['a', 'a.b.c', 'Zoë 中文 😀.docx', 'console.log', 'x'.repeat(255), "o'brien & sons #1 (2).txt", '100%'])(
  '%j is a valid name',
  (name) => {
    expect(isValidName(name)).toBe(true)
  },
)

function* take<T>(items: Iterable<T>, most: number): Generator<T> {
  let count = 0
  for (const item of items) {
    if (count++ >= most) return
    yield item
  }
}
