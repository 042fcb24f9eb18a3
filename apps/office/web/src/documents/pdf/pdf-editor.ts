import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { fieldLayers } from './field-layer.ts'
import { loadPdf } from './load-pdf.ts'
import type { TextKind } from './mark.ts'
import { marksOn } from './marks.ts'
import { type PdfSearch, pdfSearch } from './pdf-search.ts'
import { type DrawnSheet, type PdfView, pdfView } from './pdf-view.ts'
import { selectedText } from './selected-lines.ts'

/** A PDF on the screen that can be filled in and written on. */
export interface PdfEditor {
  readonly view: PdfView
  readonly search: PdfSearch
  /** Whether its fields can be filled. */
  readonly isOpenToChanges: boolean
  /** The file with what was changed here behind its own bytes, which stay as they are. */
  bytes(): Promise<Uint8Array>
  /** What was filled in and noted here. */
  words(): string
  /** Puts a text into the middle of what is seen. */
  addText(is: TextKind, text: string): void
  /** Marks the text that is selected. `false`: none is. */
  highlight(): boolean
  setReadOnly(isReadOnly: boolean): void
  destroy(): void
}

export interface PdfEditorOptions {
  readonly isReadOnly: boolean
  /** Whose name notes carry. */
  readonly author: string
  /** Called after each change. */
  changed(): void
}

/** How far below the last one another text is put, in points. */
const cascade = 32

/** Opens a PDF to be changed. Throws where it cannot be read. */
export async function openPdfEditor(file: Uint8Array, options: PdfEditorOptions): Promise<PdfEditor> {
  const pdf = await loadPdf(file.slice())
  const fields = options.isReadOnly ? undefined : fieldLayers(pdf)
  const marks = marksOn(pdf, options.author, options.changed)
  let isReadOnly = options.isReadOnly
  let added = 0
  const layers = async (sheet: DrawnSheet) => {
    const made = [...(fields ? [await fields.layerFor(sheet)] : []), marks.layerFor(sheet)]
    for (const layer of made) layer.inert = isReadOnly
    return made
  }
  const search: PdfSearch = pdfSearch(pdf, () => view)
  const over = { hasFields: fields !== undefined, layers }
  const view: PdfView = await pdfView(pdf, { over, drawn: search.drawn })
  for (const is of ['input', 'change'] as const) {
    view.element.addEventListener(is, ({ target }) => {
      if (target instanceof Element && target.closest('.annotationLayer')) options.changed()
    })
  }
  return {
    view,
    search,
    isOpenToChanges: fields !== undefined,
    bytes: () => written(pdf, file),
    words: () => [...[...(fields?.filled() ?? [])].map((one) => one.join(': ')), ...marks.words()].join('\n'),
    addText(is, text) {
      const { page, x, y } = view.middle()
      view.cover(marks.layerFor)
      marks.addText(is, { page, x, y: y + cascade * (added++ % 6), text })
    },
    highlight() {
      const selected = selectedText(view.sheets, view.scale)
      for (const one of selected) marks.addHighlight(one)
      getSelection()?.removeAllRanges()
      return selected.length > 0
    },
    setReadOnly(now) {
      isReadOnly = now
      for (const layer of view.element.querySelectorAll<HTMLElement>('.annotationLayer, .marks')) layer.inert = now
    },
    destroy() {
      view.destroy()
      void pdf.loadingTask.destroy()
    },
  }
}

/** pdf.js writes all changes behind the file; if it ever does otherwise, nothing of it is taken. */
async function written(pdf: PDFDocumentProxy, file: Uint8Array): Promise<Uint8Array> {
  if (pdf.annotationStorage.size === 0) return file
  const saved = await pdf.saveDocument()
  if (saved.length < file.length || file.some((byte, index) => saved[index] !== byte)) {
    throw new Error('the file was not kept as it is')
  }
  return saved
}
