import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { tally } from '../scripts/tally.js'

const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => void rmSync(folder, { recursive: true })))

function reportOf(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-tally-'))
  folders.push(folder)
  const report = join(folder, 'report.json')
  writeFileSync(report, JSON.stringify(content))
  return report
}

const passed = { status: 'passed' }
const failed = { status: 'failed' }

test('Each failed test counts as one failure.', () => {
  const report = reportOf({
    numPassedTests: 1,
    testResults: [{ status: 'failed', assertionResults: [passed, failed, failed] }],
  })
  expect(tally(report, false)).toEqual({ passed: 1, failed: 2 })
})

test('A test file that cannot be loaded counts as one failure.', () => {
  const report = reportOf({ numPassedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] })
  expect(tally(report, false)).toEqual({ passed: 0, failed: 1 })
})

test('An error outside of any test counts as one failure.', () => {
  const report = reportOf({ numPassedTests: 1, testResults: [{ status: 'passed', assertionResults: [passed] }] })
  expect(tally(report, false)).toEqual({ passed: 1, failed: 1 })
})

test('A run that died before its report counts as one failure.', () => {
  expect(tally('/nowhere/report.json', false)).toEqual({ passed: 0, failed: 1 })
})
