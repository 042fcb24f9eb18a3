import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { type Figure, toMarkdown } from './figures.ts'
import { type Group, groups } from './groups.ts'

const isWriting = process.argv.includes('--write')
const wanted = process.argv.slice(2).filter((argument) => argument !== '--write')
const known = Object.entries(groups).flatMap(([name, { measures }]) => [name, ...Object.keys(measures)])
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no measure called ${unknown.join(', ')}. There are: ${[...new Set(known)].join(', ')}.`)
  process.exit(2)
}

/** The measures of a group that are to be run: those that are named, all of a group that is, or all that take no long time. */
function chosen(name: string, { measures, isOnRequest }: Group): readonly string[] {
  const all = Object.keys(measures)
  if (wanted.length === 0) return isOnRequest ? [] : all
  return wanted.includes(name) ? all : all.filter((each) => wanted.includes(each))
}

async function figuresOf({ measures }: Group, names: readonly string[]): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const name of names) {
    console.error(`measuring ${name} …`)
    figures.push(...((await measures[name]?.()) ?? []))
  }
  return figures
}

/** Puts a table between the marks that a page has for it. */
function write(page: string, name: string, table: string): void {
  const path = join(import.meta.dirname, '../..', page)
  const text = readFileSync(path, 'utf8')
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${page} has no place for ${name}`)
  writeFileSync(path, `${text.slice(0, from)}${start}\n${table}\n\n${text.slice(to)}`)
}

const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`
for (const [name, group] of Object.entries(groups)) {
  const names = chosen(name, group)
  if (names.length === 0) continue
  const table = `${toMarkdown(await figuresOf(group, names))}\n\nOn ${machine}, Node.js ${process.versions.node}.`
  console.log(table)
  // A table of some of its figures would take the place of the whole one.
  if (isWriting && group.page !== undefined && names.length === Object.keys(group.measures).length)
    write(group.page, name, table)
}
