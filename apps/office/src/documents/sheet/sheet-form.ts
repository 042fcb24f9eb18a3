import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { blankWorkbook } from './blank-workbook.ts'
import { inspectWorkbook } from './inspect-workbook.ts'
import { openWorkbook } from './open-workbook.ts'
import { type OpenedWorkbook, patchWorkbook } from './patch/patch-workbook.ts'
import { changesIn, needsCalculation } from './typed-cells.ts'

/**
 * A workbook as it was opened. What people share are the cells they change; the rest stays in the file. An empty file is a
 * new workbook. Throws `DocumentError`.
 */
export async function sheetForm(bytes: Uint8Array, inspect = inspectWorkbook): Promise<SharedForm> {
  const template = bytes.length === 0 ? blankWorkbook() : undefined
  const file = template ?? bytes
  const why = (await inspect(file)).join(' ')
  const written = writer(file)
  const form: SharedForm = {
    kind: 'sheet',
    format: {},
    ...(template && { template }),
    refusal: why === '' ? undefined : { code: 'cannot-keep', why },
    seed: () => Y.encodeStateAsUpdate(new Y.Doc()),
    bytes: (shared) => (why === '' && !isUntouched(shared) ? written(shared) : Buffer.from(file)),
    withFormat: () => form,
  }
  return form
}

/** Nobody has put anything into it. */
const isUntouched = (document: Y.Doc): boolean => Y.encodeStateVector(document).length <= 1

/** Writes a file as shared documents change it. What is the same is not written twice. */
function writer(file: Uint8Array): (document: Y.Doc) => Buffer {
  let opened: OpenedWorkbook | undefined
  const followed = new WeakSet<Y.Doc>()
  const written = new WeakMap<Y.Doc, Buffer>()
  return (document) => {
    const known = written.get(document)
    if (known) return known
    opened ??= openWorkbook(file)
    const patch = { changes: changesIn(document, opened.workbook), needsCalculation: needsCalculation(document) }
    const bytes = Buffer.from(patchWorkbook(opened, patch))
    if (!followed.has(document)) document.on('update', () => written.delete(document))
    followed.add(document)
    written.set(document, bytes)
    return bytes
  }
}
