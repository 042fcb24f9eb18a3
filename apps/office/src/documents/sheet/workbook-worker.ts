import { parentPort } from 'node:worker_threads'
import { DocumentError, type DocumentFault } from '../package/document-error.ts'
import { openWorkbook } from './open-workbook.ts'

/** What a thread says of a workbook: why it is only shown, or what is wrong with it. */
export type WorkbookAnswer =
  | { readonly obstacles: readonly string[] }
  | { readonly fault: DocumentFault; readonly message: string }

function answerTo(bytes: Uint8Array): WorkbookAnswer {
  try {
    return { obstacles: openWorkbook(bytes).workbook.obstacles }
  } catch (cause) {
    if (cause instanceof DocumentError) return { fault: cause.fault, message: cause.message }
    throw cause
  }
}

parentPort?.once('message', (bytes: Uint8Array) => parentPort?.postMessage(answerTo(bytes)))
