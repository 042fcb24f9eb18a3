import { download } from '../../download.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { offerFile } from '../open/offer-file.ts'
import { OpenDocument } from '../open/open-document.ts'
import { showRefusal } from '../open/refusal.ts'
import { offerConversion } from './convert.ts'
import { PdfEditView } from './pdf-edit-view.ts'
import { showMade, showPages } from './show-pages.ts'

/** Shows a PDF: to be filled in and written on where it was opened for that. */
export async function showPdf(page: Page): Promise<void> {
  const { action, isConverted } = page.opening
  return action === 'edit' && !isConverted ? openToWrite(page) : openToRead(page)
}

async function openToWrite(page: Page): Promise<void> {
  const opened = await page.api.open()
  if (opened.is === 'refused' && opened.why === 'too-large') {
    page.bar.setReadOnly(strings.pdf.tooLarge(`${Math.round(opened.limit / 1024 / 1024)} MB`))
    return openToRead(page)
  }
  if (opened.is === 'refused') return showRefusal(page, opened)
  await new OpenDocument(page, (open) => new PdfEditView(page, open)).join(opened)
  page.loaded()
}

/** Shows a PDF, or what the office makes of another document. */
async function openToRead(page: Page): Promise<void> {
  if (!page.opening.isConverted) return showFile(page)
  page.bar.setState('')
  offerConversion(page)
  offerFile(page)
  await showMade(page)
}

async function showFile(page: Page): Promise<void> {
  const bytes = await page.api.content()
  await showPages(page, bytes)
  if (!page.opening.can.download) return
  const run = () => download(page.fileName, bytes)
  page.bar.add({ icon: 'download', label: strings.actions.download, run })
}
