import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { blankWorkbook } from './blank-workbook.ts'
import { openWorkbook } from './open-workbook.ts'
import { patchWorkbook } from './patch/patch-workbook.ts'
import { changesIn, needsCalculation } from './typed-cells.ts'

/** A workbook as it was opened. What people share are the cells they change; the rest stays in the file. An empty file is a new workbook. */
export function sheetForm(bytes: Uint8Array): SharedForm {
  const template = bytes.length === 0 ? blankWorkbook() : undefined
  const { document, workbook } = openWorkbook(template ?? bytes)
  const why = workbook.obstacles.join(' ')
  const form: SharedForm = {
    kind: 'sheet',
    format: {},
    ...(template && { template }),
    refusal: why === '' ? undefined : { code: 'cannot-keep', why },
    seed: () => Y.encodeStateAsUpdate(new Y.Doc()),
    bytes(shared) {
      if (why !== '') return Buffer.from(document.bytes)
      const patch = { changes: changesIn(shared, workbook), needsCalculation: needsCalculation(shared) }
      return Buffer.from(patchWorkbook({ document, workbook }, patch))
    },
    withFormat: () => form,
  }
  return form
}
