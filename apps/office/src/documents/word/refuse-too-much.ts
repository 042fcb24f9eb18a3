import { DocumentError } from '../package/document-error.ts'
import type { Package } from '../package/package.ts'
import { relationshipsOf } from '../package/relationships.ts'
import { tooMuch } from '../package/too-much.ts'
import { readXml, type StartTag } from '../package/xml/read-xml.ts'
import { decodeXml } from '../package/xml/xml-text.ts'
import { pageCount } from './page-count.ts'
import { storyParts } from './word-package.ts'

/**
 * How much of each kind the editor lays out in a time that people wait: it does so in the page itself, which answers
 * nobody meanwhile.
 */
const most = {
  paragraphs: 10_000,
  pages: 5_000,
  'cells of tables': 20_000,
  'cells in one row': 500,
  'pictures and shapes': 2_000,
  characters: 3_000_000,
  'characters in one paragraph': 100_000,
  'characters in one word': 30_000,
  'elements in one paragraph': 30_000,
  'tables in each other': 12,
  elements: 400_000,
} as const
type Kind = keyof typeof most

/** Of a part that the editor reads, in bytes. */
const longestPart = 48 * 1024 * 1024
/** Of all parts, unpacked: the editor unpacks them all. */
const longestDocument = 256 * 1024 * 1024

const kinds: Readonly<Record<string, readonly Kind[]>> = {
  p: ['paragraphs'],
  tc: ['cells of tables', 'cells in one row'],
  drawing: ['pictures and shapes'],
  pict: ['pictures and shapes'],
}

/** How many columns of a table a cell goes over, or a row leaves free. */
const spans = new Set(['gridSpan', 'gridBefore', 'gridAfter'])
const spanOf = ({ attributes }: StartTag): number =>
  Number(Object.values(attributes).find(({ local }) => local === 'val')?.value) || 0

/** Throws `DocumentError` where a Word document is more than can be shown. It is read only as far as that. */
export function refuseTooMuch(pkg: Package): void {
  const read = new Set([...storyParts(pkg), ...partsBeside(pkg)])
  const sizes = pkg.directory.entries.map(({ name, size }) => ({ name, size }))
  const isLong = sizes.some(({ name, size }) => read.has(name) && size > longestPart)
  if (isLong || sizes.reduce((sum, { size }) => sum + size, 0) > longestDocument) throw tooLarge()
  const counter = new Counter()
  const [main, ...others] = storyParts(pkg)
  if (main !== undefined) readStory(pkg, main, counter, { hasPages: true })
  for (const name of others) readStory(pkg, name, counter, { hasPages: false })
  for (const name of partsBeside(pkg)) {
    readXml(decodeXml(pkg.read(name)).text, { opened: () => counter.add('elements', 1) })
  }
}

/** What the editor reads beside the text: styles, lists, comments, fonts, settings. */
function partsBeside(pkg: Package): readonly string[] {
  const stories = new Set(storyParts(pkg))
  const main = [...stories][0] ?? ''
  const kindsRead = /\/(styles|numbering|comments\w*|fontTable|settings|theme)$/
  return relationshipsOf(pkg, main).flatMap(({ type, part }) =>
    part !== undefined && kindsRead.test(type) && pkg.has(part) && !stories.has(part) ? [part] : [],
  )
}

const inParagraph = ['characters in one word', 'characters in one paragraph', 'elements in one paragraph'] as const

/** Counts kinds of things, each up to its limit. */
class Counter {
  readonly #counted = new Map<Kind, number>()

  add(kind: Kind, by: number): void {
    this.set(kind, (this.#counted.get(kind) ?? 0) + by)
  }

  set(kind: Kind, to: number): void {
    this.#counted.set(kind, to)
    if (to > most[kind]) throw tooMuch(most[kind], kind)
  }
}

function readStory(pkg: Package, name: string, counter: Counter, { hasPages }: { hasPages: boolean }): void {
  const open: string[] = []
  const pages = hasPages ? pageCount() : undefined
  readXml(decodeXml(pkg.read(name)).text, {
    opened(tag) {
      const { local } = tag
      open.push(local)
      counter.add('elements', 1)
      for (const kind of kinds[local] ?? []) counter.add(kind, 1)
      if (spans.has(local)) counter.add('cells in one row', spanOf(tag))
      if (local === 'tbl') counter.add('tables in each other', 1)
      if (local === 'tr') counter.set('cells in one row', 0)
      if (local === 'p') for (const kind of inParagraph) counter.set(kind, 0)
      if (open.includes('p')) counter.add('elements in one paragraph', 1)
      pages?.opened(tag)
    },
    closed() {
      const local = open.pop()
      if (local === 'tbl') counter.add('tables in each other', -1)
      pages?.closed(local)
      if (pages) counter.set('pages', pages.count)
    },
    text(text) {
      const { length } = text
      for (const [index, piece] of text.split(/\s/).entries()) {
        if (index > 0) counter.set('characters in one word', 0)
        counter.add('characters in one word', piece.length)
      }
      counter.add('characters', length)
      counter.add('characters in one paragraph', length)
      pages?.text(length)
    },
  })
}

const tooLarge = (): DocumentError =>
  new DocumentError(
    'too-much',
    'The text of this document takes up more than can be shown here. Download it to open it with another program.',
  )
