import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { element } from '../../element.ts'

/** How many dots of a page are printed for each of its points: 150 to an inch. */
const sharpness = 150 / 72

/** The pages of a PDF as pictures, one for each sheet of paper. */
export async function printedPages(pdf: PDFDocumentProxy): Promise<Node> {
  const pages = document.createDocumentFragment()
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const viewport = page.getViewport({ scale: sharpness })
    const canvas = element('canvas')
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    await page.render({ canvas, viewport, intent: 'print' }).promise
    const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
    if (!picture) continue
    const address = URL.createObjectURL(picture)
    const image = element('img', { class: 'printed-page', alt: '', src: address })
    image.addEventListener('load', () => URL.revokeObjectURL(address), { once: true })
    pages.append(image)
  }
  return pages
}
