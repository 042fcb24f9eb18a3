import { converting, tellFailure } from './converting.ts'
import { download } from './download.ts'
import type { Page } from './page.ts'
import { strings } from './strings.ts'

/** Offers the document as a PDF, as it is saved. */
export function offerPdf(page: Page): void {
  if (!page.opening.can.exportPdf) return
  const { makingPdf: working, pdfFailed: failed } = strings.notices
  const run = async () => {
    await page.flush()
    const outcome = await converting(page, { working, failed }, (following) => page.api.pdf(following))
    if ('why' in outcome) tellFailure(page, outcome.why, () => void run())
    else download(`${page.fileName}.pdf`, outcome.made.bytes, 'application/pdf')
  }
  page.bar.add({ icon: 'pdf', label: strings.actions.downloadPdf, run: () => void run() })
}
