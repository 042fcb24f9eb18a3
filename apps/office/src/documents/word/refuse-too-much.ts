import { DocumentError } from '../package/document-error.ts'
import type { Package } from '../package/package.ts'
import { readXml } from '../package/xml/read-xml.ts'
import { decodeXml } from '../package/xml/xml-text.ts'
import { storyParts } from './word-package.ts'

/**
 * How much of each kind the editor lays out in a time that people wait: it does so in the page itself, which answers
 * nobody meanwhile.
 */
const most = {
  paragraphs: 10_000,
  'cells of tables': 20_000,
  'pictures and shapes': 2_000,
  characters: 3_000_000,
  'characters in one paragraph': 100_000,
  'tables in each other': 12,
} as const
type Kind = keyof typeof most

/** Of a part of running text, in bytes: it is read at one go, while others wait. */
const longestPart = 48 * 1024 * 1024

const kinds: Readonly<Record<string, Kind>> = {
  p: 'paragraphs',
  tc: 'cells of tables',
  drawing: 'pictures and shapes',
  pict: 'pictures and shapes',
}

/** Throws `DocumentError` where the text of a Word document is more than can be shown. It is read only as far as that. */
export function refuseTooMuch(pkg: Package): void {
  const counted = new Map<Kind, number>()
  const count = (kind: Kind, by: number) => {
    const now = (counted.get(kind) ?? 0) + by
    counted.set(kind, now)
    if (now > most[kind]) throw tooMuch(kind)
  }
  const stories = new Set(storyParts(pkg))
  for (const { name, size } of pkg.directory.entries) {
    if (stories.has(name) && size > longestPart) throw tooLarge()
  }
  for (const name of stories) {
    const open: string[] = []
    readXml(decodeXml(pkg.read(name)).text, {
      opened({ local }) {
        open.push(local)
        const kind = kinds[local]
        if (kind) count(kind, 1)
        if (local === 'tbl') count('tables in each other', 1)
        if (local === 'p') counted.set('characters in one paragraph', 0)
      },
      closed() {
        if (open.pop() === 'tbl') count('tables in each other', -1)
      },
      text({ length }) {
        count('characters', length)
        count('characters in one paragraph', length)
      },
    })
  }
}

const tooLarge = (): DocumentError =>
  new DocumentError(
    'too-large',
    'The text of this document takes up more than can be shown here. Download it to open it with another program.',
  )

const tooMuch = (kind: Kind): DocumentError =>
  new DocumentError(
    'too-large',
    `This document has more than ${most[kind].toLocaleString('en')} ${kind}, which is more than can be shown here. Download it to open it with another program.`,
  )
