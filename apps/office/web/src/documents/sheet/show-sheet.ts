import '../../style-nonces.ts'
import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import type { Page } from '../../page.ts'
import { OpenDocument } from '../open/open-document.ts'
import { showRefusal } from '../open/refusal.ts'
import { openApart } from './open-apart.ts'
import { SheetView } from './sheet-view.ts'
import './sheet.css'

/** Opens a workbook: shows it, or edits it together with everyone else who has it open. */
export async function showSheet(page: Page): Promise<void> {
  const opened = await page.api.open()
  if (opened.is === 'refused') return showRefusal(page, opened)
  // The file is read while the document is joined.
  const reading = page.api.base().then(openApart)
  try {
    const joining = new OpenDocument(page, (open) => new SheetView(page, open, reading)).join(opened)
    await Promise.all([reading, joining])
    page.loaded()
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause
    showRefusal(page, { is: 'refused', why: 'not-readable', reason: cause.message })
  }
}
