import '../../style-nonces.ts'
import type { Page } from '../../page.ts'
import { OpenDocument } from '../open/open-document.ts'
import { showRefusal } from '../open/refusal.ts'
import { SheetView } from './sheet-view.ts'
import './sheet.css'

/** Opens a workbook: shows it, or edits it together with everyone else who has it open. */
export async function showSheet(page: Page): Promise<void> {
  const opened = await page.api.open()
  if (opened.is === 'refused') return showRefusal(page, opened)
  await new OpenDocument(page, (open) => new SheetView(page, open)).join(opened)
  page.loaded()
}
