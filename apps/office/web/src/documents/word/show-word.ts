import '../../style-nonces.ts'
import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import type { Page } from '../../page.ts'
import { OpenDocument } from '../open/open-document.ts'
import { showRefusal } from '../open/refusal.ts'
import { WordView } from './word-view.ts'

/** Opens a Word document. */
export async function showWord(page: Page): Promise<void> {
  const opened = await page.api.open()
  if (opened.is === 'refused') return showRefusal(page, opened)
  try {
    await new OpenDocument(page, (open) => new WordView(page, open)).join(opened)
    page.loaded()
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause
    showRefusal(page, { is: 'refused', why: 'not-readable', reason: cause.message, isTooMuch: true })
  }
}
