import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allDocuments } from './documents/all-documents.ts'

const page = readFileSync(new URL('../../docs/office/corpus.md', import.meta.url), 'utf8')

interface Line {
  readonly name: string
  readonly outcome: string
  readonly notes: string
}

/** The rows about documents. */
const lines: readonly Line[] = page.split('\n').flatMap((line) => {
  const [, name = '', , , outcome = '', notes = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
  return /^(kept|read-only|refused|wrong)$/.test(outcome) ? [{ name, outcome, notes }] : []
})

test('The page about changed documents is about all of them, and there are 150 at least.', () => {
  expect(lines.map(({ name }) => name).sort()).toEqual(allDocuments.map(({ name }) => name).sort())
  expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length)
  expect(lines.length).toBeGreaterThanOrEqual(150)
})

test('No document has come out wrong, and whatever was not changed has a reason.', () => {
  expect(lines.filter(({ outcome }) => outcome === 'wrong')).toEqual([])
  expect(lines.filter(({ outcome, notes }) => outcome !== 'kept' && notes === '')).toEqual([])
})

test.each([
  ['Word documents', /\.(docx|docm|dotx|dotm)$/],
  ['workbooks', /\.(xlsx|xlsm)$/],
])('Nine of ten ordinary %s at least can be changed.', (_, extension) => {
  const ordinary = lines.filter(({ name, notes }) => extension.test(name) && !notes.includes('Not an ordinary one'))
  expect(ordinary.length).toBeGreaterThan(60)
  const kept = ordinary.filter(({ outcome }) => outcome === 'kept')
  expect(kept.length / ordinary.length).toBeGreaterThanOrEqual(0.9)
})

test('The numbers of the page are those of its rows.', () => {
  const [total = ''] = page.match(/^\| All \|.*$/m) ?? []
  const counts = total.split('|').slice(2, 7).map(Number)
  const count = (is: string) => lines.filter(({ outcome }) => outcome === is).length
  expect(counts).toEqual([lines.length, count('kept'), count('read-only'), count('refused'), count('wrong')])
})
