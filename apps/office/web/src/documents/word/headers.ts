import { proseDocToBlocks } from '@eigenpal/docx-editor-core/prosemirror/conversion'
import type { DocxEditorRef } from '@eigenpal/docx-editor-react'
import type { Node } from 'prosemirror-model'

/**
 * Puts what stands in headers and footers now into what the editor writes: by itself it takes them only when the cursor
 * leaves them.
 */
export function takeHeaders(editor: DocxEditorRef | null): void {
  const { headers, footers } = editor?.getAgent()?.getDocument().package ?? {}
  for (const [id, view] of editor?.getEditorRef()?.getHfPmViews() ?? []) {
    const kept = headers?.get(id) ?? footers?.get(id)
    if (kept) kept.content = proseDocToBlocks(view.state.doc)
  }
}

/** Calls back when a header or a footer has changed: the editor tells of the body alone. */
export function watchHeaders(holder: HTMLElement, editor: () => DocxEditorRef | null, changed: () => void): void {
  let before = headersOf(editor())
  const painted = () => {
    const now = headersOf(editor())
    const isSame = now.size === before.size && [...now].every(([id, text]) => isUnchanged(before.get(id), text))
    before = now
    if (!isSame) changed()
  }
  holder.addEventListener('painter:painted', painted, { capture: true })
}

/** `unseen`: it is not known yet what stands in it. */
export type Text = Node | 'unseen'
/** A header is known before its text is. */
const isUnchanged = (before: Text | undefined, now: Text): boolean => before === now || before === 'unseen'

/** Each header and footer by its id, with its text. */
export function headersOf(editor: DocxEditorRef | null): ReadonlyMap<string, Text> {
  const { headers, footers } = editor?.getAgent()?.getDocument().package ?? {}
  const views = editor?.getEditorRef()?.getHfPmViews()
  const ids = [...(headers?.keys() ?? []), ...(footers?.keys() ?? [])]
  return new Map(ids.map((id) => [id, views?.get(id)?.state.doc ?? 'unseen']))
}

/** The texts of headers and footers that are others than `before`, by their ids. */
export function changedHeaders(
  editor: DocxEditorRef | null,
  before: ReadonlyMap<string, Text>,
): ReadonlyMap<string, Node> {
  const now = [...headersOf(editor)]
  return new Map(
    now.flatMap(([id, text]) => (text === 'unseen' || isUnchanged(before.get(id), text) ? [] : [[id, text]])),
  )
}
