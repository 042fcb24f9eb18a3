// `npm test`: builds, checks and tests the project. The last line says how it went: `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './browser.js'
import { needCeph } from './ceph.js'
import { needLibreOffice } from './libre-office.js'
import { wantPgBouncer } from './pgbouncer.js'
import { needPostgres } from './postgres.js'
import { needSwift } from './swift.js'
import { tally } from './tally.js'

const root = join(import.meta.dirname, '..')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const vitest = join(root, 'node_modules/vitest/vitest.mjs')

/** Runs a command with its output shown. `true`: it succeeded. */
function succeeds(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error) console.error(`${command} could not be started: ${error.message}`)
  return status === 0
}

/** Runs the tests, and says how many passed and failed. */
function runTests(filters) {
  const reports = mkdtempSync(join(tmpdir(), 'openwopi-test-'))
  const report = join(reports, 'report.json')
  const passed = succeeds(process.execPath, [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ])
  const counts = tally(report, passed)
  rmSync(reports, { recursive: true })
  return counts
}

if (!existsSync(vitest)) {
  console.error('The dependencies are not installed: run `npm ci` first.')
  process.stdout.write('0 passed, 1 failed\n')
  process.exit(1)
}

const browser = findBrowser()
if (browser) process.env.CHROMIUM = browser
needLibreOffice()
needPostgres()
wantPgBouncer()
if (![needCeph(), needSwift()].some(Boolean))
  console.error(
    'The tests of object storage will fail: there is neither Ceph nor Swift, and they could not be installed.',
  )
const failedChecks = ['build', 'check'].filter((script) => !succeeds(npm, ['run', script]))
const tests = runTests(process.argv.slice(2))

for (const script of failedChecks) console.error(`\`npm run ${script}\` failed: see its output above the tests.`)
const failed = tests.failed + failedChecks.length
process.exitCode = failed === 0 ? 0 : 1
process.stdout.write(`${tests.passed} passed, ${failed} failed\n`)
