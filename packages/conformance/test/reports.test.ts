import { expect, test } from 'vitest'
import { asHtml, asJson, asJUnit, asText, checks, type Outcome, type Report, tallyOf } from '../src/index.ts'

const [check] = checks
if (!check) throw new Error('there are no checks')

const hostile = '<script>alert(1)</script>\u001b[2J]]>&"\u202e'
const outcomes: readonly Outcome[] = [
  { check, result: 'passed', exchanges: [] },
  { check, result: 'skipped', reason: 'CheckFileInfo does not promise SupportsLocks.', exchanges: [] },
  { check, result: 'skipped', reason: 'CheckFileInfo does not promise SupportsLocks.', exchanges: [] },
  { check, result: 'failed', expected: 'status 409', came: hostile, exchanges: [{ sent: 'POST /', came: hostile }] },
  { check, result: 'error', reason: hostile, exchanges: [] },
]
const report: Report = {
  wopiSrc: 'http://127.0.0.1/wopi/files/1',
  startedAt: Date.UTC(2026, 0, 1),
  took: 1234,
  plan: ['Nothing is written.'],
  leftovers: [],
  outcomes,
}

test.each([
  ['text', asText],
  ['HTML', asHtml],
  ['JUnit', asJUnit],
] as const)('What a host says does nothing in a report as %s', (form, write) => {
  const written = write(report)
  expect(written).not.toMatch(/\u001b|\u202e/)
  if (form !== 'text') expect(written).not.toMatch(/<script|\]\]>/)
})

test('A terminal sees the worst first, what was skipped by its reason, and the sum last', () => {
  const text = asText(report)
  expect(text.indexOf('Failed')).toBeLessThan(text.indexOf('Skipped'))
  expect(text).toContain('- 2 checks: CheckFileInfo does not promise SupportsLocks.')
  expect(text.trimEnd().split('\n').at(-1)).toBe(
    '1 failed, 1 could not be judged, 2 skipped, 1 passed in 1.2 s: http://127.0.0.1/wopi/files/1',
  )
})

test('A page needs nothing else: no script, and nothing from the network', () => {
  expect(asHtml(report)).not.toMatch(/<script|<link|src=|url\(|@import/)
})

test('A program reads the same counts', () => {
  const read = JSON.parse(asJson(report))
  expect(read.tally).toEqual(tallyOf(outcomes))
  expect(read.outcomes[3]).toMatchObject({ says: check.says, result: 'failed', came: hostile })
})
