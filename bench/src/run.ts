import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { type Figure, toMarkdown } from './figures.ts'
import { bucket } from './measures/bucket.ts'
import { checkFileInfo } from './measures/check-file-info.ts'
import { chunked } from './measures/chunked.ts'
import { database } from './measures/database.ts'
import { firstPage } from './measures/first-page.ts'
import { largeFolder } from './measures/large-folder.ts'
import { locks } from './measures/locks.ts'
import { manyFiles } from './measures/many-files.ts'
import { memory } from './measures/memory.ts'
import { mixedLoad } from './measures/mixed-load.ts'
import { spookyHash } from './measures/spooky-hash.ts'
import { steadyRefresh } from './measures/steady-refresh.ts'
import { storm } from './measures/storm.ts'
import { transfers } from './measures/transfers.ts'
import { twoNodes } from './measures/two-nodes.ts'

/** Every measure by the name it has on the command line. */
const measures: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'check-file-info': checkFileInfo,
  transfers,
  memory,
  bucket,
  database,
  'two-nodes': twoNodes,
  'steady-refresh': steadyRefresh,
  'mixed-load': mixedLoad,
  chunked,
  'spooky-hash': spookyHash,
  locks,
  'large-folder': largeFolder,
  'first-page': firstPage,
  storm,
}

/** Measures that take long, or much room: only where they are asked for by name. */
const onRequest: typeof measures = { 'many-files': manyFiles }

const writesReadme = process.argv.includes('--readme')
const wanted = process.argv.slice(2).filter((argument) => argument !== '--readme')
const unknown = wanted.filter((name) => !(name in measures || name in onRequest))
if (unknown.length > 0) {
  console.error(
    `There is no measure called ${unknown.join(', ')}. There are: ${Object.keys({ ...measures, ...onRequest }).join(', ')}.`,
  )
  process.exit(2)
}

/** Puts the table between the marks that README has for it. */
function writeReadme(table: string): void {
  const path = join(import.meta.dirname, '../../README.md')
  const text = readFileSync(path, 'utf8')
  const marks = /(<!-- figures -->\n)[\s\S]*?(<!-- \/figures -->)/
  if (!marks.test(text)) throw new Error('README.md has no place for the figures')
  writeFileSync(
    path,
    text.replace(marks, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`),
  )
}

const figures: Figure[] = []
for (const [name, measure] of Object.entries(wanted.length > 0 ? { ...measures, ...onRequest } : measures)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`measuring ${name} …`)
  figures.push(...(await measure()))
}

const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`
const table = `${toMarkdown(figures)}\n\nOn ${machine}, Node.js ${process.versions.node}.`
console.log(table)
if (writesReadme) writeReadme(table)
