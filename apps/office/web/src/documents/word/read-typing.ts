import { DOMParser } from 'prosemirror-model'
import type { EditorView } from 'prosemirror-view'

/**
 * Lets an editor read what is typed by what it has noted of the elements around, and not by how they look: a commented
 * passage is not one that somebody has highlighted. What is pasted is read by its looks as before.
 */
export function readTypingByNotes(view: EditorView): void {
  const byLooks = DOMParser.fromSchema(view.state.schema)
  const byNotes = new DOMParser(
    view.state.schema,
    byLooks.rules.filter((rule) => !('style' in rule)),
  )
  view.setProps({ domParser: byNotes, clipboardParser: byLooks })
}
