import * as Y from 'yjs'
import { openWorkbook } from './open-workbook.ts'
import { patchWorkbook } from './patch/patch-workbook.ts'
import { changesIn, needsCalculation } from './typed-cells.ts'

/** A workbook as the state of a shared document changes it. Throws `DocumentError`. */
export function workbookWith(file: Uint8Array, state: Uint8Array): Uint8Array {
  const opened = openWorkbook(file)
  const document = new Y.Doc()
  Y.applyUpdate(document, state)
  return patchWorkbook(opened, {
    changes: changesIn(document, opened.workbook),
    needsCalculation: needsCalculation(document),
  })
}
