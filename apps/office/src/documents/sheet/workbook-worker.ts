import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import { DocumentError, type DocumentFault } from '../package/document-error.ts'
import { openWorkbook } from './open-workbook.ts'
import { patchWorkbook } from './patch/patch-workbook.ts'
import { changesIn, needsCalculation } from './typed-cells.ts'

/** What a thread is asked: to look through a workbook, or to write it as a shared document changes it. */
export interface WorkbookQuestion {
  readonly file: Uint8Array
  /** The state of the shared document. */
  readonly changed?: Uint8Array
}

/** What it says: why the workbook is only shown; its new bytes; or what is wrong with it. */
export type WorkbookAnswer =
  | { readonly obstacles: readonly string[] }
  | { readonly written: Uint8Array }
  | { readonly fault: DocumentFault; readonly message: string }

function answerTo({ file, changed }: WorkbookQuestion): WorkbookAnswer {
  try {
    const opened = openWorkbook(file)
    if (!changed) return { obstacles: opened.workbook.obstacles }
    const document = new Y.Doc()
    Y.applyUpdate(document, changed)
    const patch = { changes: changesIn(document, opened.workbook), needsCalculation: needsCalculation(document) }
    return { written: patchWorkbook(opened, patch) }
  } catch (cause) {
    if (cause instanceof DocumentError) return { fault: cause.fault, message: cause.message }
    throw cause
  }
}

parentPort?.once('message', (question: WorkbookQuestion) => parentPort?.postMessage(answerTo(question)))
