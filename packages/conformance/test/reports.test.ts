import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import {
  asHtml,
  asJson,
  asJUnit,
  asText,
  type Check,
  checks,
  type Outcome,
  type Report,
  tallyOf,
} from '../src/index.ts'

const [must] = checks
if (!must) throw new Error('there are no checks')
const should: Check = { ...must, says: 'It should be better.', severity: 'should' }
const minded: Check = { ...must, says: 'A client minds.', client: 'ONLYOFFICE' }

const hostile = '<script>alert(1)</script>\u001b[2J]]>&"\u202e'
const exchange = { sent: 'POST /', came: hostile, headers: [`x-wopi-lock: ${hostile}`], cameBody: `{\n${hostile}}` }
const outcomes: readonly Outcome[] = [
  { check: must, result: 'passed', exchanges: [exchange] },
  { check: must, result: 'skipped', reason: 'CheckFileInfo does not promise SupportsLocks.', exchanges: [] },
  { check: must, result: 'skipped', reason: 'CheckFileInfo does not promise SupportsLocks.', exchanges: [] },
  { check: must, result: 'failed', expected: 'status 409', came: hostile, exchanges: [exchange] },
  { check: should, result: 'failed', expected: 'status 400', came: 'status 200', exchanges: [] },
  { check: minded, result: 'failed', expected: 'status 400', came: 'status 200', exchanges: [] },
  { check: must, result: 'error', reason: hostile, exchanges: [] },
]
const report: Report = {
  wopiSrc: 'http://127.0.0.1/wopi/files/1',
  startedAt: Date.UTC(2026, 0, 1),
  took: 1234,
  plan: ['Nothing is written.'],
  leftovers: ['These files are left behind: a.'],
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
  expect(text).toContain('minded by ONLYOFFICE')
  expect(text.trimEnd().split('\n').at(-1)).toBe(
    '1 failed, 1 could not be judged, 1 should be better, 1 trouble a client, 2 skipped, 1 passed in 1.2 s: http://127.0.0.1/wopi/files/1',
  )
})

test('A page needs nothing else: no script, and nothing from the network', () => {
  expect(asHtml(report)).not.toMatch(/<script|<link|src=|url\(|@import/)
})

test('A program reads the same counts, and how much each check weighs', () => {
  const read = JSON.parse(asJson(report))
  expect(read.tally).toEqual(tallyOf(outcomes))
  expect(read.outcomes[3]).toMatchObject({ says: must.says, severity: 'must', result: 'failed', came: hostile })
  expect(read.outcomes[4]).toMatchObject({ severity: 'should', result: 'failed' })
  expect(read.outcomes[5]).toMatchObject({ severity: 'interoperability', client: 'ONLYOFFICE', result: 'failed' })
  expect(read.outcomes.every((outcome: object) => !('run' in outcome))).toBe(true)
})

/** How often each element occurs. Throws where the text is not well-formed. */
function elementsIn(xml: string): Record<string, number> {
  const found: Record<string, number> = {}
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    found[name] = (found[name] ?? 0) + 1
  })
  parser.write(xml).close()
  return found
}

test('A build server reads well-formed XML in which only a must is a failure', () => {
  const xml = asJUnit(report)
  expect(elementsIn(xml)).toEqual({
    testsuites: 1,
    testsuite: 1,
    testcase: 7,
    failure: 1,
    error: 1,
    skipped: 2,
    'system-out': 2,
  })
  expect(xml).toContain('tests="7" failures="1" errors="1" skipped="2"')
})
