import { isSuggestionModeActive } from '@eigenpal/docx-editor-core/prosemirror/plugins'
import { TextSelection, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { DocumentSearch, Found } from '../../find-bar.ts'
import { type Match, matchesOf } from './matches.ts'

/** `select` shows a range to the person. */
export function wordSearch(view: () => EditorView | undefined, select: (match: Match) => void): DocumentSearch {
  const show = (matches: readonly Match[], index: number): Found => {
    const match = matches.at(index)
    if (!match) return { at: 0, of: matches.length }
    select(match)
    return { at: matches.indexOf(match) + 1, of: matches.length }
  }
  const search: DocumentSearch = {
    look(sought) {
      const here = view()
      if (!here) return nothing
      const matches = matchesOf(here.state.doc, sought)
      const { from } = here.state.selection
      return show(matches, orFirst(matches.findIndex((match) => match.from >= from)))
    },
    step(sought, by) {
      const here = view()
      if (!here) return nothing
      const matches = matchesOf(here.state.doc, sought)
      const { from, to } = here.state.selection
      const next = orFirst(matches.findIndex((match) => match.from >= to))
      return show(matches, by > 0 ? next : matches.findLastIndex((match) => match.to <= from))
    },
    replace(sought, text) {
      const here = view()
      if (!here) return nothing
      const { from, to } = here.state.selection
      const selected = matchesOf(here.state.doc, sought).find((match) => match.from === from && match.to === to)
      if (!selected) return search.step(sought, 1)
      replaceEach(here, [selected], text)
      return search.step(sought, 1)
    },
    replaceAll(sought, text) {
      const here = view()
      if (!here) return 0
      const matches = matchesOf(here.state.doc, sought)
      replaceEach(here, matches, text)
      return matches.length
    },
  }
  return search
}

const nothing: Found = { at: 0, of: 0 }
const orFirst = (index: number) => Math.max(0, index)

/** From the last to the first: what is replaced moves nothing that is still to be. */
function replaceEach(view: EditorView, matches: readonly Match[], text: string): void {
  const last = matches.toReversed()
  if (isSuggestionModeActive(view.state)) for (const match of last) suggest(view, match, text)
  else view.dispatch(last.reduce((transaction, match) => replaced(transaction, match, text), view.state.tr))
}

/** What comes in looks as what it replaces. */
function replaced(transaction: Transaction, { from, to }: Match, text: string): Transaction {
  if (text === '') return transaction.delete(from, to)
  const { doc } = transaction
  const marks = doc.resolve(from).marksAcross(doc.resolve(to))
  return transaction.replaceWith(from, to, doc.type.schema.text(text, marks))
}

/** Types over it, as a person would: the editor makes a suggestion of that. */
function suggest(view: EditorView, { from, to }: Match, text: string): void {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to)))
  const typed = () => view.state.tr.insertText(text, from, to)
  if (text === '')
    view.someProp('handleKeyDown', (handle) => handle(view, new KeyboardEvent('keydown', { key: 'Delete' })))
  else if (!view.someProp('handleTextInput', (handle) => handle(view, from, to, text, typed))) view.dispatch(typed())
}
