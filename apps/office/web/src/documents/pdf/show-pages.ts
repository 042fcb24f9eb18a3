import { converting } from '../../converting.ts'
import { download } from '../../download.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { loadPdf } from './load-pdf.ts'
import { offerFind } from './offer-find.ts'
import { type PdfSearch, pdfSearch } from './pdf-search.ts'
import { pdfTools } from './pdf-tools.ts'
import { type PdfView, pdfView } from './pdf-view.ts'
import { printedPages } from './printed-pages.ts'
import './pdf.css'

/** Shows the pages that the office makes of the document. */
export async function showMade(page: Page): Promise<void> {
  const { converting: working, failed } = strings.notices
  const outcome = await converting(page, { working, failed }, (following) => page.api.pdf(following))
  if ('made' in outcome) return showPagesMade(page, outcome.made.bytes)
  page.fail(outcome.why, { label: strings.actions.tryAgain, run: () => void showMade(page) })
}

async function showPagesMade(page: Page, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await showPages(page, bytes)
  const { isConverted, can } = page.opening
  // Where the document has a page of its own kind, that offers a PDF already.
  if (!isConverted || !can.download) return
  const run = () => download(`${page.fileName}.pdf`, bytes, 'application/pdf')
  page.bar.add({ icon: 'pdf', label: strings.actions.downloadPdf, run })
}

/** Shows pages as they come into sight. */
export async function showPages(page: Page, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const pdf = await loadPdf(bytes.slice()).catch((cause) => {
    console.error(cause)
    page.fail(strings.notices.noPdf)
  })
  if (!pdf) return
  const search: PdfSearch = pdfSearch(pdf, () => view)
  const view: PdfView = await pdfView(pdf, { drawn: search.drawn })
  offerFind(page, () => search)(view.element)
  page.bar.addTools(pdfTools(view))
  page.bar.setState(strings.labels.pages(view.pages))
  view.fitWidth()
  page.offerPrint(() => printedPages(pdf))
  page.loaded()
}
