import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

/**
 * A double click in a cell of a table takes the word under it, as it does everywhere else. The editor would take the whole
 * cell, and whoever types then has typed over all that stood there.
 */
export function guardCells(holder: HTMLElement, view: () => EditorView | undefined): void {
  const clicked = (event: MouseEvent) => {
    const shown = view()
    if (event.detail !== 2 || !shown || !isInPages(event.target) || !isInCell(shown)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    selectWord(shown)
  }
  holder.addEventListener('click', clicked, { capture: true })
}

/** Headers and footers are opened by a double click. */
const isInPages = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('.layout-page') !== null &&
  target.closest('.layout-page-header, .layout-page-footer') === null

/** The first of the two clicks has put the cursor there. */
function isInCell({ state: { selection } }: EditorView): boolean {
  const { $head } = selection
  const around = Array.from({ length: $head.depth }, (_, depth) => $head.node(depth).type.name)
  return selection instanceof TextSelection && around.some((name) => /^table(Cell|Header)$/.test(name))
}

function selectWord({ state, dispatch }: EditorView): void {
  const { parent, parentOffset } = state.selection.$head
  const start = state.selection.$head.start()
  const words = new Intl.Segmenter(undefined, { granularity: 'word' })
  // One character for each place, also where no text is.
  const word = words.segment(parent.textBetween(0, parent.content.size, undefined, '\ufffc')).containing(parentOffset)
  if (!word?.isWordLike) return
  const [from, to] = [start + word.index, start + word.index + word.segment.length]
  dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, to)))
}
