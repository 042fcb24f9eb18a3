import { existsSync, readFileSync } from 'node:fs'

/** A file that could not be loaded has no failed test to show for it, and counts as one. */
const failuresOf = ({ status, assertionResults }) => {
  const failed = assertionResults.filter((test) => test.status === 'failed').length
  return failed === 0 && status === 'failed' ? 1 : failed
}

/**
 * How many tests passed and failed, from vitest's JSON report. What went wrong outside of any test - a rejection
 * nobody handled, a run that died - shows only in the run's exit code, and counts as one failure.
 */
export function tally(report, runSucceeded) {
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { testResults, numPassedTests } = JSON.parse(readFileSync(report, 'utf8'))
  const failed = testResults.reduce((sum, file) => sum + failuresOf(file), 0)
  return { passed: numPassedTests, failed: failed === 0 && !runSucceeded ? 1 : failed }
}
