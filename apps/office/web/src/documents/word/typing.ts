import { DOMParser } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'

/** Sees to it that what is typed becomes what the person means by it. */
export function prepareTyping(view: EditorView): void {
  readByNotes(view)
  endWithNumber(view)
}

/**
 * What is typed is read by what the editor has noted of the elements around, and not by how they look: a commented passage
 * is not one that somebody has highlighted. What is pasted is read by its looks as before.
 */
function readByNotes(view: EditorView): void {
  const byLooks = DOMParser.fromSchema(view.state.schema)
  const byNotes = new DOMParser(
    view.state.schema,
    byLooks.rules.filter((rule) => !('style' in rule)),
  )
  view.setProps({ domParser: byNotes, clipboardParser: byLooks })
}

/** What is typed behind the number of a note is no part of that number. */
function endWithNumber({ state }: EditorView): void {
  const number = state.schema.marks['footnoteRef']
  if (number) number.spec.inclusive = false
}
