import { convertedDocuments } from './converted.ts'
import type { CorpusDocument } from './corpus-document.ts'
import { fetchedDocuments } from './fetched.ts'
import { madeSheets } from './made/made-sheets.ts'
import { madeWord } from './made/made-word.ts'
import { samples } from './samples.ts'

/** Every document of the corpus: those that are made, those of this project, and those of packages. */
export const allDocuments: readonly CorpusDocument[] = [
  ...madeWord,
  ...madeSheets,
  ...samples,
  ...fetchedDocuments,
  ...convertedDocuments,
]
