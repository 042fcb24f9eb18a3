import { readFile } from 'node:fs/promises'
import { type CorpusDocument, extensionOf } from './corpus-document.ts'

const names = [
  'Welcome letter.docx',
  'Household budget.xlsx',
  'Introduction.pptx',
  'Garden club minutes.odt',
  'Planets.csv',
  'Questions.pdf',
]

/** The documents that this project comes with. */
export const samples: readonly CorpusDocument[] = names.map((name) => ({
  name: `samples/${name}`,
  extension: extensionOf(name),
  origin: `samples/${name}`,
  licence: 'Apache-2.0',
  bytes: () => readFile(new URL(`../../../samples/${name}`, import.meta.url)),
}))
