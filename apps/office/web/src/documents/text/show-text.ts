import type { Page } from '../../page.ts'
import { OpenDocument } from '../open/open-document.ts'
import { showRefusal } from '../open/refusal.ts'
import { TextView } from './text-view.ts'
import './text.css'

/** Opens a text: reads it, or edits it together with everyone else who has it open. */
export async function showText(page: Page): Promise<void> {
  const opened = await page.api.open()
  if (opened.is === 'refused') return showRefusal(page, opened)
  await new OpenDocument(page, (open) => new TextView(page, open)).join(opened)
  page.loaded()
}
