import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import type { Page } from '../../page.ts'
import { OpenDocument } from '../open/open-document.ts'
import { showRefusal } from '../open/refusal.ts'
import { OutlineView } from './outline-view.ts'
import './outline.css'

/** Opens a document for its text, and edits that together with everyone else who has it open. */
export async function showOutline(page: Page): Promise<void> {
  const opened = await page.api.open()
  if (opened.is === 'refused') return showRefusal(page, opened)
  try {
    await new OpenDocument(page, (open) => new OutlineView(page, open)).join(opened)
    page.loaded()
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause
    showRefusal(page, { is: 'refused', why: 'not-readable', reason: cause.message, isTooMuch: true })
  }
}
