// `npm run explore`: tests each property with cases that nobody has tried yet, and says how what fails is repeated.
// `npm run explore -- --times COUNT --seconds COUNT --seed NUMBER packages/host`.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { findBrowser } from './browser.js'

const root = join(import.meta.dirname, '..')
const { values, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
})
for (const [name, value] of Object.entries(values))
  if (!/^\d{1,9}$/.test(value)) {
    console.error(`--${name} must be a whole number. It is "${value}".`)
    process.exit(2)
  }

/** The test files that test properties, of all or of the parts that are asked for. */
const files = ['packages', 'apps', 'examples', 'tests']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, path)))
  .filter((path) => path.endsWith('.test.ts') && !path.split(sep).includes('node_modules'))
  .filter((path) => parts.length === 0 || parts.some((part) => join(root, path).includes(part)))
  .filter((path) => /from 'fast-check'/.test(readFileSync(join(root, path), 'utf8')))
  .sort()
if (files.length === 0) {
  console.error(`No test of a property lies in ${parts.join(', ')}.`)
  process.exit(2)
}

console.log(`${files.length} files, each property ${values.times} times from the seed ${values.seed} on`)
const browser = findBrowser()
const { status } = spawnSync(
  process.execPath,
  // A test may hold several properties, and a machine may be busy.
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--testTimeout', '3600000', ...files],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(browser && { CHROMIUM: browser }),
      EXPLORE_TIMES: values.times,
      EXPLORE_SECONDS: values.seconds,
      EXPLORE_SEED: values.seed,
    },
  },
)
process.exitCode = status ?? 1
