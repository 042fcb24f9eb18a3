import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { DocumentSearch, Found, Sought } from '../../find-bar.ts'
import { placesIn, show } from '../../found-places.ts'
import type { PdfView } from './pdf-view.ts'

/** Finds text on the pages of a PDF. */
export interface PdfSearch extends DocumentSearch {
  /** Reads the pages, which takes a while; calls back as they become known. */
  read(known: () => void): Promise<void>
  /** A page has been drawn. */
  drawn(page: number): void
}

interface Place {
  readonly page: number
  /** Its number among those of its page. */
  readonly nth: number
}

/** After so many pages it is told how far the reading is. */
const atOnce = 50

export function pdfSearch(pdf: PDFDocumentProxy, view: () => PdfView): PdfSearch {
  const texts: string[] = []
  let reading: Promise<void> | undefined
  let at: Place | undefined
  let last: Sought | undefined

  const placesOf = (sought: Sought): readonly Place[] =>
    texts.flatMap((text, index) => placesIn(text, sought).map((_, nth) => ({ page: index + 1, nth })))

  function go(places: readonly Place[], index: number, sought: Sought): Found {
    at = places[index]
    last = sought
    if (!at) show([])
    else {
      view().goTo(at.page)
      mark(at.page)
    }
    return { at: at ? index + 1 : 0, of: places.length }
  }

  /** The page may not be drawn yet: it is marked then. */
  function mark(page: number): void {
    if (!at || !last || at.page !== page) return
    const layer = view().sheets[page - 1]?.querySelector('.textLayer')
    const range = layer && rangeOf(layer, last, at.nth)
    show(range ? [range] : [])
    if (range) range.startContainer.parentElement?.scrollIntoView({ block: 'center' })
  }

  const indexOf = (places: readonly Place[]) => places.findIndex(({ page, nth }) => page === at?.page && nth === at.nth)

  return {
    look(sought) {
      const places = placesOf(sought)
      const from = at?.page ?? view().page
      return go(
        places,
        Math.max(
          0,
          places.findIndex(({ page }) => page >= from),
        ),
        sought,
      )
    },
    step(sought, by) {
      const places = placesOf(sought)
      const now = indexOf(places)
      const next = now < 0 ? 0 : (now + by + places.length) % Math.max(1, places.length)
      return go(places, next, sought)
    },
    replace: (sought) => go(placesOf(sought), 0, sought),
    replaceAll: () => 0,
    drawn: mark,
    read(known) {
      reading ??= readAll(pdf, texts, known)
      return reading
    },
  }
}

async function readAll(pdf: PDFDocumentProxy, texts: string[], known: () => void): Promise<void> {
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    texts.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join(''))
    if (number % atOnce === 0) known()
  }
  known()
}

/** Where the text stands in what is drawn of a page. */
function rangeOf(layer: Element, sought: Sought, nth: number): Range | undefined {
  const pieces: { readonly node: Text; readonly from: number }[] = []
  let text = ''
  const nodes = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (node instanceof Text) {
      pieces.push({ node, from: text.length })
      text += node.data
    } else if (node instanceof HTMLBRElement) text += ' '
  }
  const found = placesIn(text, sought)[nth]
  if (found === undefined) return undefined
  const range = document.createRange()
  const put = (offset: number, place: (node: Text, at: number) => void) => {
    const piece = pieces.findLast(({ from }) => from <= offset)
    if (piece) place(piece.node, Math.min(offset - piece.from, piece.node.length))
  }
  put(found, (node, offset) => range.setStart(node, offset))
  put(found + sought.text.length, (node, offset) => range.setEnd(node, offset))
  return range
}
