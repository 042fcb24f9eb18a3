import { isWorkbookReadAtOnce, openedWorkbook, openWorkbook } from '../../../../src/documents/sheet/open-workbook.ts'
import type { OpenedWorkbook } from '../../../../src/documents/sheet/patch/patch-workbook.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { documentWorker } from '../open/document-worker.ts'

/** Opens a workbook; a large one is read in a thread of its own. Throws `DocumentError`. */
export async function openApart(bytes: Uint8Array): Promise<OpenedWorkbook> {
  return isWorkbookReadAtOnce(bytes) ? openWorkbook(bytes) : openedWorkbook(bytes, await readApart(bytes))
}

async function readApart(bytes: Uint8Array): Promise<Workbook> {
  const worker = documentWorker(() => new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module' }))
  try {
    return await worker.ask<Workbook>(bytes)
  } finally {
    worker.close()
  }
}
