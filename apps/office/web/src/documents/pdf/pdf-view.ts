import {
  AnnotationMode,
  type PageViewport,
  type PDFDocumentProxy,
  type PDFPageProxy,
  TextLayer,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import { element } from '../../element.ts'
import { strings } from '../../strings.ts'
import { linkLayer } from './link-layer.ts'

/** A page that has just been drawn, or is about to be. */
export interface DrawnSheet {
  readonly number: number
  readonly page: PDFPageProxy
  readonly viewport: PageViewport
  readonly scale: number
}

/** What lies over the drawings of pages. */
export interface PdfLayers {
  /** Whether the fields of forms are among it, and so are not drawn. */
  readonly hasFields: boolean
  readonly layers: (sheet: DrawnSheet) => Promise<readonly HTMLElement[]>
}

/** A PDF as it is read: what lies over its drawings besides their text, and who is told when a page has been drawn. */
export interface PdfViewOptions {
  readonly over?: PdfLayers
  readonly drawn?: (page: number) => void
}

/** What is seen, and how large. */
export interface PdfPlace {
  readonly scale: number
  readonly top: number
}

export interface PdfView {
  readonly element: HTMLElement
  readonly pages: number
  readonly page: number
  /** 1 is the size the PDF asks for. */
  readonly scale: number
  /** The pages, one under the other. */
  readonly sheets: readonly HTMLElement[]
  readonly place: PdfPlace
  returnTo(place: PdfPlace): void
  /** The middle of what is seen, in points of a page as it is shown. */
  middle(): { readonly page: number; readonly x: number; readonly y: number }
  /** Puts over the page in sight what `layerFor` makes, also where the page is still to be drawn. */
  cover(layerFor: (sheet: DrawnSheet) => HTMLElement): void
  setScale(scale: number): void
  fitWidth(): void
  goTo(page: number): void
  /** Calls back whenever the page in sight or the scale has changed. */
  onMove(moved: () => void): void
  /** Draws nothing any more. */
  destroy(): void
}

interface Sheet {
  readonly number: number
  readonly element: HTMLElement
  readonly page: PDFPageProxy
  drawnAt: number | undefined
}

const smallest = 0.25
const largest = 5
/** Wide windows do not make letters huge. */
const largestAtFirst = 1.5

/** All pages one under the other. Each is drawn when it comes near, and again when the scale changes. */
export async function pdfView(
  pdf: PDFDocumentProxy,
  { over, drawn = () => {} }: PdfViewOptions = {},
): Promise<PdfView> {
  const holder = element('div', { class: 'pdf', tabindex: '0' })
  const sheets = await Promise.all(Array.from({ length: pdf.numPages }, (_, index) => sheetOf(pdf, index + 1)))
  holder.append(...sheets.map((sheet) => sheet.element))
  let scale = 1
  let current = 1
  const listeners: (() => void)[] = []
  const near = new Set<Sheet>()
  let isOver = false
  const goTo = (page: number) => sheets[page - 1]?.element.scrollIntoView({ block: 'start' })
  const layersOf = async (sheet: DrawnSheet) => [
    await linkLayer(pdf, sheet, goTo),
    ...((await over?.layers(sheet)) ?? []),
  ]

  const draw = () => {
    for (const sheet of near) {
      if (sheet.drawnAt === scale) continue
      void drawSheet(sheet, { scale, layers: layersOf, hasFields: over?.hasFields === true })
        .then((isDrawn) => isDrawn && drawn(sheet.number))
        .catch((cause) => {
          if (!isOver) console.error(cause)
        })
    }
  }
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const sheet = sheets.find((one) => one.element === entry.target)
        if (sheet && entry.isIntersecting) near.add(sheet)
        else if (sheet && near.delete(sheet)) erase(sheet)
      }
      draw()
    },
    { root: holder, rootMargin: '1200px 0px' },
  )
  for (const sheet of sheets) watcher.observe(sheet.element)

  const move = () => {
    const middle = holder.scrollTop + holder.clientHeight / 3
    const index = sheets.findLastIndex((sheet) => sheet.element.offsetTop <= middle)
    current = Math.max(1, index + 1)
    for (const moved of listeners) moved()
  }
  holder.addEventListener('scroll', move, { passive: true })

  const setScale = (wanted: number) => {
    const place = holder.scrollHeight > 0 ? holder.scrollTop / holder.scrollHeight : 0
    scale = Math.min(largest, Math.max(smallest, wanted))
    for (const sheet of sheets) size(sheet, scale)
    holder.scrollTop = place * holder.scrollHeight
    draw()
    move()
  }

  return {
    element: holder,
    pages: sheets.length,
    sheets: sheets.map((sheet) => sheet.element),
    get place() {
      return { scale, top: holder.scrollTop }
    },
    returnTo(place) {
      setScale(place.scale)
      holder.scrollTop = place.top
    },
    middle() {
      const { page, element: sheet } = sheets[current - 1] ?? sheets[0] ?? noSheet()
      const { width, height } = page.getViewport({ scale: 1 })
      const seen = (holder.scrollTop + holder.clientHeight / 2 - sheet.offsetTop) / scale
      return { page: current, x: width / 3, y: Math.max(0, Math.min(seen, height)) }
    },
    cover(layerFor) {
      const { number, page, element: sheet } = sheets[current - 1] ?? sheets[0] ?? noSheet()
      const layer = layerFor({ number, page, viewport: page.getViewport({ scale }), scale })
      if (layer.parentNode !== sheet) sheet.append(layer)
    },
    destroy() {
      isOver = true
      watcher.disconnect()
      near.clear()
    },
    get page() {
      return current
    },
    get scale() {
      return scale
    },
    setScale,
    fitWidth() {
      const widest = Math.max(...sheets.map(({ page }) => page.getViewport({ scale: 1 }).width))
      setScale(Math.min(largestAtFirst, (holder.clientWidth - 32) / widest))
    },
    goTo,
    onMove: (moved) => listeners.push(moved),
  }
}

async function sheetOf(pdf: PDFDocumentProxy, number: number): Promise<Sheet> {
  const page = await pdf.getPage(number)
  const label = strings.labels.page(number, pdf.numPages)
  return {
    number,
    page,
    element: element('div', { class: 'sheet', role: 'region', 'aria-label': label }),
    drawnAt: undefined,
  }
}

function size({ element: sheet, page }: Sheet, scale: number): void {
  const { width, height } = page.getViewport({ scale })
  sheet.style.width = `${Math.floor(width)}px`
  sheet.style.height = `${Math.floor(height)}px`
}

/** Drawings take much memory: only those near to what is seen are kept. */
function erase(sheet: Sheet): void {
  sheet.drawnAt = undefined
  sheet.element.replaceChildren()
}

const noSheet = (): never => {
  throw new Error('a PDF without pages')
}

interface Drawing {
  readonly scale: number
  readonly hasFields: boolean
  readonly layers: PdfLayers['layers']
}

/** Puts parts into a page. Whoever writes in one of them goes on writing there. */
function putOver(sheet: HTMLElement, parts: readonly HTMLElement[]): void {
  const { activeElement } = document
  const isWriting = sheet.contains(activeElement)
  sheet.replaceChildren(...parts)
  if (isWriting && activeElement instanceof HTMLElement && sheet.contains(activeElement)) activeElement.focus()
}

/** Draws a page. `false`: it is to be drawn in another way by now. */
async function drawSheet(sheet: Sheet, { scale, hasFields, layers: over }: Drawing): Promise<boolean> {
  sheet.drawnAt = scale
  const viewport = sheet.page.getViewport({ scale })
  const sharpness = Math.min(2, window.devicePixelRatio || 1)
  const canvas = element('canvas', { 'aria-hidden': 'true' })
  canvas.width = Math.floor(viewport.width * sharpness)
  canvas.height = Math.floor(viewport.height * sharpness)
  const layer = element('div', { class: 'textLayer' })
  layer.style.setProperty('--scale-factor', String(scale))
  layer.style.setProperty('--total-scale-factor', String(scale))
  const annotationMode = hasFields ? AnnotationMode.ENABLE_FORMS : AnnotationMode.ENABLE
  await sheet.page.render({ canvas, viewport, annotationMode, transform: [sharpness, 0, 0, sharpness, 0, 0] }).promise
  if (sheet.drawnAt !== scale) return false
  const layers = await over({ number: sheet.number, page: sheet.page, viewport, scale })
  if (sheet.drawnAt !== scale) return false
  sheet.element.style.setProperty('--total-scale-factor', String(scale))
  putOver(sheet.element, [canvas, layer, ...layers])
  await new TextLayer({ textContentSource: sheet.page.streamTextContent(), container: layer, viewport }).render()
  return true
}
