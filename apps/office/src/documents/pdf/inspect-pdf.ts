import { askApart } from '../apart/ask-apart.ts'
import { DocumentError } from '../package/document-error.ts'
import type { PdfFacts, PdfFault } from './read-facts.ts'

/** Reads a PDF in a thread of its own, where a hostile one does no harm. `undefined`: it takes too long or too much. */
export const inspectPdf = (file: Uint8Array): Promise<PdfFacts | PdfFault | undefined> =>
  askApart('readPdf', { file }, { time: 20_000, memory: 512 }).catch((cause) => {
    if (cause instanceof DocumentError && cause.fault === 'too-large') return undefined
    throw cause
  })
