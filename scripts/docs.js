// Writes docs/reference from the tables of the protocol package and from the checks, docs/operations.md from both, and
// docs/configuration.md from the table of the server. With --check it writes nothing, and exits 1 if any page is stale.

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { rows } from '../apps/server/dist/cli/read-config.js'
import * as conformance from '../packages/conformance/dist/index.js'
import * as protocol from '../packages/protocol/dist/index.js'
import { checkPages } from './check-pages.js'
import { configurationPage } from './configuration-page.js'
import { referencePages } from './reference-pages.js'

const folder = new URL('../docs/reference/', import.meta.url)
const isCheck = process.argv.includes('--check')
const stale = []

await mkdir(folder, { recursive: true })
const pages = {
  ...referencePages(protocol),
  ...checkPages(conformance, protocol),
  '../configuration.md': configurationPage(rows),
}

for (const [name, page] of Object.entries(pages)) {
  const place = new URL(name, folder)
  const present = await readFile(place, 'utf8').catch(() => undefined)
  if (present === page) continue
  stale.push(name)
  if (!isCheck) await writeFile(place, page)
}

if (stale.length === 0) console.log('docs/reference is up to date.')
else if (isCheck) {
  console.error(`Stale in docs/reference: ${stale.join(', ')}. Run npm run docs.`)
  process.exitCode = 1
} else console.log(`Written in docs/reference: ${stale.join(', ')}.`)
