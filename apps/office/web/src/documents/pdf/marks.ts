import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { element } from '../../element.ts'
import { strings } from '../../strings.ts'
import type { HighlightMark, Mark, TextKind, TextMark } from './mark.ts'
import { markElement } from './mark-element.ts'
import type { DrawnSheet } from './pdf-view.ts'
import { markKey, writtenMark } from './written-mark.ts'

/** What is put on the pages of a PDF here. */
export interface Marks {
  /** The same one for a page as long as its scale is the same: somebody may be writing there. */
  layerFor(sheet: DrawnSheet): HTMLElement
  /** Puts a text on a page, for it to be typed and moved. */
  addText(is: TextKind, at: { page: number; x: number; y: number; text: string }): void
  addHighlight(highlight: Omit<HighlightMark, 'is' | 'id'>): void
  words(): readonly string[]
}

/** Marks that pdf.js writes with the next save. `user`: whose they are. */
export function marksOn(pdf: PDFDocumentProxy, user: string, changed: () => void): Marks {
  const all = new Map<number, { readonly mark: Mark; element?: HTMLElement }>()
  const layers = new Map<number, { readonly layer: HTMLElement; readonly sheet: DrawnSheet }>()
  const pages = new Map<number, PDFPageProxy>()
  let lastId = 0

  const write = (mark: Mark) => {
    const page = pages.get(mark.page)
    const written = page && writtenMark(mark, page, user)
    if (written) pdf.annotationStorage.setValue(markKey(mark.id), written)
    else pdf.annotationStorage.remove(markKey(mark.id))
    changed()
  }
  const remove = (mark: Mark) => {
    all.get(mark.id)?.element?.remove()
    all.delete(mark.id)
    pdf.annotationStorage.remove(markKey(mark.id))
    changed()
  }
  const show = (mark: Mark): HTMLElement | undefined => {
    const drawn = layers.get(mark.page)
    if (!drawn) return undefined
    const { width, height } = drawn.sheet.page.getViewport({ scale: 1 })
    const shown = markElement(mark, { scale: drawn.sheet.scale, width, height }, { changed: write, removed: remove })
    all.set(mark.id, { mark, element: shown })
    drawn.layer.append(shown)
    return shown
  }

  return {
    layerFor(sheet) {
      const known = layers.get(sheet.number)
      if (known?.sheet.scale === sheet.scale) return known.layer
      const layer = element('div', { class: 'marks', role: 'group', 'aria-label': strings.pdf.marksOn(sheet.number) })
      layers.set(sheet.number, { layer, sheet })
      pages.set(sheet.number, sheet.page)
      for (const { mark } of all.values()) if (mark.page === sheet.number) show(mark)
      return layer
    },
    addText(is, { page, ...given }) {
      const mark: TextMark = { is, id: ++lastId, page, ...given }
      const shown = show(mark)
      if (mark.text !== '') write(mark)
      shown?.querySelector('textarea')?.focus()
    },
    addHighlight(highlight) {
      const mark: HighlightMark = { is: 'highlight', id: ++lastId, ...highlight }
      show(mark)
      write(mark)
    },
    words: () => [...all.values()].map(({ mark }) => mark.text),
  }
}
