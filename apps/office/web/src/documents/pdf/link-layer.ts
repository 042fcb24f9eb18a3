import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { element } from '../../element.ts'
import { followLink } from '../../follow-link.ts'
import type { DrawnSheet } from './pdf-view.ts'

/** A link on a page: to an address, or to a place in the same document. */
interface LinkAnnotation {
  readonly subtype: 'Link'
  readonly rect: readonly [number, number, number, number]
  /** As the document has it, whether it is one that should be followed or not. */
  readonly unsafeUrl?: string
  readonly dest?: unknown
}

/** The links of a page, over its drawing. Those that lead out are shown before they are followed; `goTo` goes to a page. */
export async function linkLayer(
  pdf: PDFDocumentProxy,
  { page, viewport }: DrawnSheet,
  goTo: (page: number) => void,
): Promise<HTMLElement> {
  const links = (await page.getAnnotations()).filter(isLink)
  const layer = element('div', { class: 'links' })
  for (const { rect, unsafeUrl, dest } of links) {
    const leadsOut = unsafeUrl !== undefined
    if (!leadsOut && !dest) continue
    const link = element('a', { href: '#', class: 'page-link', title: unsafeUrl ?? '', 'aria-label': unsafeUrl ?? '' })
    const [left, top, right, bottom] = viewport.convertToViewportRectangle([...rect])
    Object.assign(link.style, {
      left: `${Math.min(left, right)}px`,
      top: `${Math.min(top, bottom)}px`,
      width: `${Math.abs(right - left)}px`,
      height: `${Math.abs(bottom - top)}px`,
    })
    link.addEventListener('click', (event) => {
      event.preventDefault()
      if (leadsOut) followLink(unsafeUrl)
      else void pageOf(pdf, dest).then((number) => number !== undefined && goTo(number))
    })
    layer.append(link)
  }
  return layer
}

const isLink = (annotation: unknown): annotation is LinkAnnotation =>
  typeof annotation === 'object' &&
  annotation !== null &&
  Reflect.get(annotation, 'subtype') === 'Link' &&
  Array.isArray(Reflect.get(annotation, 'rect'))

/** The page that a destination means. `undefined`: none of this document. */
async function pageOf(pdf: PDFDocumentProxy, dest: unknown): Promise<number | undefined> {
  const explicit: unknown = typeof dest === 'string' ? await pdf.getDestination(dest) : dest
  const [target]: unknown[] = Array.isArray(explicit) ? explicit : []
  if (typeof target === 'number') return target + 1
  if (!isReference(target)) return undefined
  return pdf.getPageIndex(target).then(
    (index) => index + 1,
    () => undefined,
  )
}

const isReference = (target: unknown): target is { num: number; gen: number } =>
  typeof target === 'object' && target !== null && typeof Reflect.get(target, 'num') === 'number'
