import { DocumentError, type DocumentFault } from '../../../../src/documents/package/document-error.ts'
import { openWorkbook } from '../../../../src/documents/sheet/open-workbook.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'

/** What the worker says of a file. */
export type ReadAnswer = { readonly workbook: Workbook } | { readonly fault: DocumentFault; readonly message: string }

function answerTo(bytes: Uint8Array): ReadAnswer {
  try {
    return { workbook: openWorkbook(bytes).workbook }
  } catch (cause) {
    if (cause instanceof DocumentError) return { fault: cause.fault, message: cause.message }
    throw cause
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => self.postMessage(answerTo(data)))
