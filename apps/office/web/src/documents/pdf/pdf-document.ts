import * as pdfjs from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { download } from '../../download.ts'
import { base } from '../../office-api.ts'
import type { Page } from '../../page.ts'
import { strings } from '../../strings.ts'
import { offerConversion } from './convert.ts'
import { pdfTools } from './pdf-tools.ts'
import { pdfView } from './pdf-view.ts'
import { whyNotConverted } from './why-not-converted.ts'
import './pdf.css'

pdfjs.GlobalWorkerOptions.workerSrc = workerUrl

/** Shows a PDF, page by page as they come into sight. */
export async function showPdf(page: Page): Promise<void> {
  if (page.opening.isConverted) page.bar.setState(strings.notices.converting)
  offerConversion(page)
  const bytes = await page.api.content().catch((cause) => {
    const why = whyNotConverted(cause)
    if (why === undefined) throw cause
    page.fail(why)
  })
  if (!bytes) return
  const pdf = await load(bytes.slice()).catch((cause) => {
    console.error(cause)
    page.fail(strings.notices.noPdf)
  })
  if (!pdf) return
  const view = await pdfView(pdf)
  page.stage.replaceChildren(view.element)
  page.bar.addTools(pdfTools(view))
  page.bar.setState(strings.labels.pages(view.pages))
  view.fitWidth()
  page.loaded()
  if (page.opening.can.download) {
    page.bar.add({ icon: 'download', label: strings.actions.download, run: () => download(nameOf(page), bytes) })
  }
}

/** What is downloaded of a document that was made into pages are the pages. */
const nameOf = ({ opening, fileName }: Page): string => (opening.isConverted ? `${fileName}.pdf` : fileName)

/** Everything that pdf.js loads on its own comes from this client. */
const load = (data: Uint8Array): Promise<pdfjs.PDFDocumentProxy> =>
  pdfjs.getDocument({
    data,
    cMapUrl: new URL('pdfjs/cmaps/', base).href,
    standardFontDataUrl: new URL('pdfjs/standard_fonts/', base).href,
    wasmUrl: new URL('pdfjs/wasm/', base).href,
    iccUrl: new URL('pdfjs/iccs/', base).href,
    isEvalSupported: false,
    enableXfa: false,
  }).promise
