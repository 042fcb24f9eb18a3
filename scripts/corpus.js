// `npm run corpus`: changes every document of the corpus in the browser, compares, and writes docs/office/corpus.md.
// `npm run corpus -- --resume` goes on with a run that was broken off; `npm run corpus -- NAME` looks at some documents only.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findBrowser } from './browser.js'
import { needLibreOffice } from './libre-office.js'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const only = args.find((arg) => !arg.startsWith('-'))

const browser = findBrowser()
needLibreOffice()
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'tests/corpus/vitest.config.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(browser && { CHROMIUM: browser }),
      ...(args.includes('--resume') && { CORPUS_RESUME: '1' }),
      ...(only && { CORPUS_ONLY: only }),
    },
  },
)
process.exitCode = status ?? 1
