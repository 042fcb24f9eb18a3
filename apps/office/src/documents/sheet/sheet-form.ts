import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { askApart } from '../apart/ask-apart.ts'
import type { ThreadLimits } from '../apart/document-threads.ts'
import { type Writer, writtenOnce } from '../apart/written-once.ts'
import { blankWorkbook } from './blank-workbook.ts'
import { inspectWorkbook } from './inspect-workbook.ts'
import { isWorkbookReadAtOnce, openWorkbook } from './open-workbook.ts'
import { type OpenedWorkbook, patchWorkbook } from './patch/patch-workbook.ts'
import { changesIn, needsCalculation } from './typed-cells.ts'

/**
 * A workbook as it was opened. What people share are the cells they change; the rest stays in the file. An empty file is a
 * new workbook. Throws `DocumentError`.
 */
export async function sheetForm(given: Uint8Array, inspect = inspectWorkbook): Promise<SharedForm> {
  const template = given.length === 0 ? blankWorkbook() : undefined
  const file = template ?? given
  const why = (await inspect(file)).join(' ')
  const write = writer(file)
  const isFile = (shared: Y.Doc) => why !== '' || isUntouched(shared)
  const bytes = (shared: Y.Doc) => (isFile(shared) ? Buffer.from(file) : write.now(shared))
  const written = async (shared: Y.Doc) => (isFile(shared) ? Buffer.from(file) : write.apart(shared))
  const form: SharedForm = {
    kind: 'sheet',
    format: {},
    ...(template && { template }),
    refusal: why === '' ? undefined : { code: 'cannot-keep', why },
    seed: () => Y.encodeStateAsUpdate(new Y.Doc()),
    bytes,
    ...(!isWorkbookReadAtOnce(file) && { written }),
    withFormat: () => form,
  }
  return form
}

/** Nobody has put anything into it. */
const isUntouched = (document: Y.Doc): boolean => Y.encodeStateVector(document).length <= 1

/** Writing reads the workbook twice. */
const limits: ThreadLimits = { time: 90_000, memory: 1_536 }

/** Writes a file as shared documents change it. */
function writer(file: Uint8Array): Writer {
  let opened: OpenedWorkbook | undefined
  return writtenOnce({
    now(document) {
      opened ??= openWorkbook(file)
      const patch = { changes: changesIn(document, opened.workbook), needsCalculation: needsCalculation(document) }
      return patchWorkbook(opened, patch)
    },
    apart: (document) => askApart('writeWorkbook', { file, state: Y.encodeStateAsUpdate(document) }, limits),
  })
}
