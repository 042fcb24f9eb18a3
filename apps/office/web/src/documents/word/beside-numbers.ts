import type { Mark, Node as ProseMirrorNode, ResolvedPos } from 'prosemirror-model'
import { Plugin, TextSelection } from 'prosemirror-state'

/** What is typed beside the number of a note looks like the text around it, and not like the number. */
export const besideNumbers = (): Plugin =>
  new Plugin({
    props: {
      handleTextInput({ state, dispatch }, from, to, text) {
        const place = state.doc.resolve(from)
        const beside = place.nodeBefore ?? place.nodeAfter
        if (from !== to || state.storedMarks !== null || !beside || !isNumber(beside)) return false
        const typed = state.tr.insert(from, state.schema.text(text, marksAround(place)))
        // The browser may have moved the cursor here without a word.
        dispatch(typed.setSelection(TextSelection.create(typed.doc, from + text.length)).scrollIntoView())
        return true
      },
    },
  })

const isNumber = ({ marks }: ProseMirrorNode): boolean => marks.some(({ type }) => type.name === 'footnoteRef')

/** Those of the nearest text in the paragraph; none where there is nothing but numbers. */
function marksAround(place: ResolvedPos): readonly Mark[] {
  const texts = place.parent.children.map((node, index) => ({ node, far: Math.abs(index - place.index() + 0.5) }))
  const plain = texts.filter(({ node }) => node.isText && !isNumber(node))
  return plain.sort((one, other) => one.far - other.far)[0]?.node.marks ?? []
}
