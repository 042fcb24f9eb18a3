// `npm run torture`: asks three servers of one database for everything at once while things go wrong, judges every answer,
// and writes docs/scale/torture.md. `npm run torture -- --calls COUNT --seed NUMBER`.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { needPostgres } from './postgres.js'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '500000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
for (const [name, value] of Object.entries(values))
  if (!/^\d{1,9}$/.test(value)) {
    console.error(`--${name} must be a whole number. It is "${value}".`)
    process.exit(2)
  }

needPostgres()
console.log(`${values.calls} calls with the seed ${values.seed}`)
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'tests/torture/vitest.config.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, TORTURE_CALLS: values.calls, TORTURE_SEED: values.seed } },
)
process.exitCode = status ?? 1
