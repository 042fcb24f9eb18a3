import { parseDocx, repackDocx } from '@eigenpal/docx-editor-core/docx'
import { fromProseDoc, toProseDoc } from '@eigenpal/docx-editor-core/prosemirror/conversion'
import { EditorState, type Transaction } from 'prosemirror-state'
import { openPackage } from '../../src/documents/package/package.ts'
import { mergeWord } from '../../src/documents/word/merge-word.ts'
import { openWord } from '../../src/documents/word/word-package.ts'
import { documentDifference } from '../../web/src/documents/word/same-document.ts'

const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** The editor without its screen: a document, and what it would write. */
export async function openEditor(bytes: Uint8Array) {
  const word = openWord(bytes)
  const document = await parseDocx(bufferOf(word.shown.bytes))
  const { styles } = document.package
  let state = EditorState.create({ doc: toProseDoc(document, styles ? { styles } : {}) })
  const written = async () => openPackage(new Uint8Array(await repackDocx(fromProseDoc(state.doc, document))))
  const before = await written()
  return {
    get state() {
      return state
    },
    edit(change: (transaction: Transaction) => Transaction) {
      state = state.apply(change(state.tr))
    },
    /** Where in the document some text begins. */
    find(text: string): number {
      let found = -1
      state.doc.descendants((node, at) => {
        const index = node.isTextblock ? node.textContent.indexOf(text) : -1
        if (found >= 0 || index < 0) return found < 0
        node.descendants((child, inside) => {
          const own = child.isText ? (child.text ?? '').indexOf(text) : -1
          if (found < 0 && own >= 0) found = at + 1 + inside + own
        })
        return false
      })
      if (found < 0) throw new Error(`no text: ${text}`)
      return found
    },
    save: async () => mergeWord(word, { before, after: await written() }),
    /** Where a file would look otherwise than the document does here. */
    async difference(file: Uint8Array): Promise<string | undefined> {
      const again = await openEditor(file)
      const plain = (node: { toJSON(): unknown }) => JSON.parse(JSON.stringify(node.toJSON()))
      return documentDifference(plain(state.doc), plain(again.state.doc))
    },
  }
}
