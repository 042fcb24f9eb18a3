import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conflictNames, isValidName, nextFreeNames, repairName, splitName } from '../src/index.ts'

// Names are made of what the rules are about; other characters are all alike to them.
const piece = fc.oneof(
  fc.constantFrom(
    '.',
    ' ',
    '..',
    '. ',
    ' .',
    '~$',
    'con',
    'NUL',
    'com1',
    ' (2)',
    ' (10)',
    '.docx',
    '_',
    '#',
    '<',
    '=',
    '\0',
  ),
  fc.constantFrom('e', 'é', '\u0301', '\u0338', '가', 'ᆨ', '😀', '\ud83d', '\ude00', 'ﬀ', '\u2028'),
)
const long = fc.tuple(piece, fc.integer({ min: 40, max: 300 })).map(([text, times]) => text.repeat(times))
const anyName = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.array(fc.oneof(piece, long), { maxLength: 5 }).map((pieces) => pieces.join('')),
  fc.constantFrom('..', '.', '', 'con', 'COM1.txt', '~$a', 'a/b', '\0', '. .', '...docx', `${'é'.repeat(300)}.docx`),
)
const validName = anyName.filter(isValidName)

test('every name that is repaired is valid', () => {
  fc.assert(
    fc.property(anyName, (wanted) => {
      expect(isValidName(repairName(wanted)), JSON.stringify(repairName(wanted))).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['too long after its dot', `😀.${'x'.repeat(252)}`, `😀.${'x'.repeat(250)}`],
  ['an extension', `${'n'.repeat(300)}.docx`, `${'n'.repeat(250)}.docx`],
  ['a device once it is short', `con${' '.repeat(300)}x`, '_con'],
  ['a device before its extension', `con${' '.repeat(300)}x.txt`, '_con.txt'],
  ['a device and blanks', 'NUL .txt', '_NUL .txt'],
  ['a long device', `aux.${'x'.repeat(300)}`, `_aux.${'x'.repeat(250)}`],
  ['nothing but blanks and dots', '. . .', 'document'],
  ['half a character', '\ud83d.docx', '_.docx'],
  ['what becomes a lock file of an office', ' .~$a', 'a'],
])('a name that is no name, %s, is repaired to the nearest that is', (_, wanted, repaired) => {
  expect(repairName(wanted)).toBe(repaired)
  expect(isValidName(repaired)).toBe(true)
})

test('a valid name is left as it is', () => {
  fc.assert(
    fc.property(validName, (name) => {
      expect(repairName(name)).toBe(name)
    }),
    {
      numRuns: 1000,
      examples: [['# .#'], ['a..b'], ['a. .docx'], [`a.${'x'.repeat(253)}`], ['con_.txt'], [`${'n'.repeat(250)} .doc`]],
    },
  )
})

test('every name on offer for a name that is taken is valid, different, and keeps the extension', () => {
  fc.assert(
    fc.property(validName, (name) => {
      const offered = [...take(nextFreeNames(name), 12)]
      expect(new Set(offered).size).toBe(12)
      for (const one of offered) {
        expect(isValidName(one), one).toBe(true)
        if (splitName(name).extension) expect(splitName(one).extension).toBe(splitName(name).extension)
      }
    }),
    {
      numRuns: 1000,
      examples: [['# .#'], [`a.${'x'.repeat(253)}`], [`${'n'.repeat(246)} (2).docx`], [`${'😀'.repeat(62)} (2).x`]],
    },
  )
})

test('a sentence with a dot in it has no extension', () => {
  const name = `3. ${'what was said at the meeting '.repeat(4)}`.trim()
  expect(splitName(name)).toEqual({ base: name, extension: '' })
  expect([...take(nextFreeNames(name), 2)][1]).toBe(`${name} (2)`)
})

test('the copy of a file with the longest name says when and whose, too', () => {
  const [name = ''] = take(conflictNames(`${'n'.repeat(251)}.doc`, 'Ann '.repeat(100), Date.UTC(2026, 4, 6)), 1)
  expect(isValidName(name)).toBe(true)
  expect(name).toMatch(/^n+ \(conflict 2026-05-06 Ann [An ]+\)\.doc$/)
})

test('a conflict copy of any file by anyone has a valid name that keeps the extension', () => {
  fc.assert(
    fc.property(validName, anyName, (name, userName) => {
      for (const one of take(conflictNames(name, userName, 0), 3)) {
        expect(isValidName(one), one).toBe(true)
        if (splitName(name).extension) expect(splitName(one).extension).toBe(splitName(name).extension)
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
