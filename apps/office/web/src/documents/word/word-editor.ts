import { DocxEditor, type DocxEditorRef, type EditorMode } from '@eigenpal/docx-editor-react'
import '@eigenpal/docx-editor-react/styles.css'
import { createRenderedDomContext } from '@eigenpal/docx-editor-core/plugin-api/RenderedDomContext'
import { loadEmbeddedFonts, setGoogleFontsEnabled } from '@eigenpal/docx-editor-core/utils'
import type { Node as ProseMirrorNode } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'
import { createElement, createRef } from 'react'
import { createRoot } from 'react-dom/client'
import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import type { TypedStep } from '../../../../src/documents/word/typed-steps.ts'
import { element } from '../../element.ts'
import type { DocumentSearch } from '../../find-bar.ts'
import { strings } from '../../strings.ts'
import { documentWorker } from '../open/document-worker.ts'
import { besideNumbers } from './beside-numbers.ts'
import { guardBoxes } from './guard-boxes.ts'
import { guardCells } from './guard-cells.ts'
import { guardLinks } from './guard-links.ts'
import { guardNotes } from './guard-notes.ts'
import { guardReading } from './guard-reading.ts'
import { changedHeaders, headersOf, takeHeaders, watchHeaders } from './headers.ts'
import { plain } from './plain.ts'
import { printedWord } from './printed-word.ts'
import type { Merged, Merging, ReadWord } from './read-word.ts'
import { drawCarets, type RemoteCaret } from './remote-carets.ts'
import { followSteps, type MadeStep, tellSteps } from './steps.ts'
import { translations } from './translations.ts'
import { prepareTyping } from './typing.ts'
import { wordSearch } from './word-search.ts'
import type { Zoomed } from './word-zoom.ts'
import './fonts.ts'
import './word.css'

// Whatever fonts a document names, none is fetched from anywhere else.
setGoogleFontsEnabled(false)

/** A Word document on the screen. */
export interface WordEditor extends Zoomed {
  readonly element: HTMLElement
  /**
   * The file with what was changed here. Throws `DocumentError` where a change cannot be kept, or would cost something
   * else.
   */
  bytes(): Promise<Uint8Array>
  /** All that the editor knows of the document, as it writes it itself: for a copy, when nothing else can be had. */
  copy(): Promise<Uint8Array>
  /** Does what was typed elsewhere, and says how many of the steps it could do. */
  follow(steps: readonly TypedStep[]): number
  /** Shows where the others have their cursors. */
  showCarets(carets: readonly RemoteCaret[]): void
  readonly search: DocumentSearch
  /** All its pages, to be printed. */
  pages(): Node
  setReadOnly(isReadOnly: boolean): void
  focus(): void
  destroy(): void
}

export interface WordEditorOptions {
  readonly isReadOnly: boolean
  /** Whose name comments and suggestions carry. */
  readonly author: string
  readonly isDark: boolean
  /** Called after each change. `besides`: of more than the text, which nobody is told step by step. */
  changed(what: 'text' | 'besides'): void
  /** Called at once with what was typed into the text. */
  typed(steps: readonly MadeStep[]): void
  /** Called when the cursor has moved. `undefined`: it is somewhere else on the page. */
  moved(cursor: Cursor | undefined): void
  /** Called when someone wants to change what the editor shows and does not write. */
  fixed(what: 'notes' | 'boxes'): void
  /** Called when someone asks the editor to save. */
  save(): void
  /** Puts the editor where it is seen: it measures itself there. */
  mount(element: HTMLElement): void
}

const showWithin = 60_000

/** From where to where something is selected, as positions in the document of the editor. */
export interface Cursor {
  readonly anchor: number
  readonly head: number
}

const cursorOf = (view: EditorView): Cursor | undefined => {
  const { anchor, head } = view.state.selection
  return view.hasFocus() ? { anchor, head } : undefined
}

const startWorker = () => new Worker(new URL('./word-worker.ts', import.meta.url), { type: 'module' })

/** Shows a Word document. Resolves once it can be read. Throws `DocumentError` where it cannot. */
export async function openWordEditor(file: Uint8Array, options: WordEditorOptions): Promise<WordEditor> {
  const worker = documentWorker(startWorker)
  const read = await worker.ask<ReadWord>({ read: file })
  await loadEmbeddedFonts(read.document.package.fontTable, read.fonts, read.fontLinks)
  const holder = element('div', { class: 'word', 'aria-busy': 'true' })
  guardLinks(holder)
  guardCells(holder, () => view())
  guardNotes(holder, () => {
    if (!isReadOnly) options.fixed('notes')
  })
  const externalPlugins = [
    guardReading(() => isReadOnly && isShown),
    guardBoxes(() => options.fixed('boxes')),
    besideNumbers(),
    tellSteps({
      made: (steps) => before && !isReadOnly && options.typed(steps),
      moved: (moved) => options.moved(cursorOf(moved)),
    }),
  ]
  const overlay = element('div', { class: 'word-carets' })
  let carets: readonly RemoteCaret[] = []
  const redraw = () => {
    const pages = holder.querySelector<HTMLElement>('.paged-editor__pages')
    const context = pages && createRenderedDomContext(pages, ref.current?.getZoom())
    if (context) drawCarets(overlay, { context, size: view()?.state.doc.content.size ?? 0 }, carets)
  }
  holder.addEventListener('transitionend', redraw)
  options.mount(holder)
  const root = createRoot(holder)
  const ref = createRef<DocxEditorRef>()
  const i18n = await translations()
  let failure: Error | undefined
  let before: Uint8Array | undefined
  let headersBefore: ReturnType<typeof headersOf> = new Map()

  /** Whoever writes chooses between changes and suggestions. */
  let mode: EditorMode = 'editing'
  let isReadOnly = true
  let isWriting = false
  let isShown = false
  let zoom = 1
  const render = (isShownOnly: boolean) =>
    root.render(
      createElement(DocxEditor, {
        ref,
        document: read.document,
        externalPlugins,
        pluginOverlays: createElement('div', { ref: (place: HTMLElement | null) => place?.append(overlay) }),
        onRenderedDomContextReady: redraw,
        author: options.author || strings.labels.someone,
        readOnly: isShownOnly,
        mode: isShownOnly ? 'viewing' : mode,
        onModeChange(chosen) {
          mode = chosen
          render(isReadOnly)
        },
        colorMode: options.isDark ? 'dark' : 'light',
        showFileOpen: false,
        showHelpMenu: false,
        showOutlineButton: false,
        documentNameEditable: false,
        renderLogo: () => null,
        // The page around it has its own.
        showZoomControl: false,
        disableFindReplaceShortcuts: true,
        ...(i18n && { i18n }),
        // It is told of what is written here, too.
        onSave: () => {
          if (!isWriting) options.save()
        },
        onChange: () => {
          const { doc } = view()?.state ?? {}
          changed(doc === lastDoc ? 'besides' : 'text')
          lastDoc = doc
        },
        onCommentsChange: () => changed('besides'),
        onError: (cause: Error) => {
          failure ??= cause
        },
      }),
    )
  let lastDoc: ProseMirrorNode | undefined
  const changed = (what: 'text' | 'besides') => {
    if (before) options.changed(what)
  }
  const view = () => ref.current?.getEditorRef()?.getView() ?? undefined
  /** What the editor would write. */
  const written = async (): Promise<Uint8Array> => {
    isWriting = true
    try {
      takeHeaders(ref.current)
      const saved = await ref.current?.save({ selective: false })
      if (!saved) throw failure ?? new Error('the editor has written nothing')
      return new Uint8Array(saved)
    } finally {
      isWriting = false
    }
  }

  const setReadOnly = async (wanted: boolean) => {
    isReadOnly = wanted
    holder.toggleAttribute('data-reading', wanted)
    // Nobody types before it is known what the editor makes of the document by itself.
    if (!wanted && !before) {
      before = await written()
      headersBefore = headersOf(ref.current)
    }
    render(isReadOnly)
  }

  render(true)
  await until(() => failure !== undefined || (view() !== undefined && hasComments(ref.current)))
  if (failure) throw failure
  const opened = view()
  if (opened) prepareTyping(opened)
  watchHeaders(
    holder,
    () => ref.current,
    () => changed('besides'),
  )
  await setReadOnly(options.isReadOnly)
  isShown = true
  holder.setAttribute('aria-busy', 'false')

  return {
    element: holder,
    async bytes() {
      if (!before) return file
      const shown = view()?.state.doc
      const headers = new Map([...changedHeaders(ref.current, headersBefore)].map(([id, text]) => [id, plain(text)]))
      const merging: Merging = { file, before, after: await written(), ...(shown && { shown: plain(shown) }), headers }
      const { bytes, differences } = await worker.ask<Merged>({ merge: merging })
      if (differences.length > 0) {
        console.warn('the document would not be read again as it is seen', ...differences.slice(0, 10))
        throw new DocumentError('would-lose', strings.notices.wordUnkept)
      }
      return bytes
    },
    copy: written,
    follow: (steps) => {
      const shown = view()
      return shown ? followSteps(shown, steps) : 0
    },
    showCarets(shown) {
      carets = shown
      redraw()
    },
    search: wordSearch(view, ({ from, to }) => ref.current?.highlightRange(from, to)),
    // The component says how large it is drawn, which is later than it was told.
    get zoom() {
      return zoom
    },
    set zoom(wanted) {
      zoom = wanted
      holder.toggleAttribute('data-fits', widestPage(holder) * zoom < holder.clientWidth)
      ref.current?.setZoom(zoom)
    },
    fittingZoom: () => fittingZoom(holder),
    pages: () => printedWord(holder),
    setReadOnly: (wanted) => void setReadOnly(wanted),
    focus: () => ref.current?.focus(),
    destroy() {
      worker.close()
      root.unmount()
    },
  }
}

/** Whether the editor has taken in the comments of the document: it does so after it shows the text. */
const hasComments = (editor: DocxEditorRef | null): boolean =>
  (editor?.getDocument()?.package.document.comments ?? []).length === (editor?.getComments() ?? []).length

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + showWithin
  while (!holds()) {
    if (Date.now() > end) throw new Error('the editor shows nothing')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** How much beside the pages must stay free, in pixels. */
const aroundPages = 48

const widestPage = (holder: HTMLElement): number =>
  Math.max(1, ...[...holder.querySelectorAll<HTMLElement>('.layout-page')].map((page) => page.offsetWidth))

function fittingZoom(holder: HTMLElement): number | undefined {
  if (holder.clientWidth === 0 || !holder.querySelector('.layout-page')) return undefined
  const room = holder.clientWidth - aroundPages
  return Math.min(3, Math.max(0.25, Math.floor((room / widestPage(holder)) * 100) / 100))
}
