import { parseDocx } from '@eigenpal/docx-editor-core/docx'
import { toProseDoc } from '@eigenpal/docx-editor-core/prosemirror/conversion'
import { openWord } from '../../../../src/documents/word/word-package.ts'

/** What the editor shows of a file, as plain data to be compared. */
export async function shownOf(bytes: Uint8Array): Promise<unknown> {
  const document = await parseDocx(bufferOf(openWord(bytes).shown.bytes))
  const { styles } = document.package
  return plain(toProseDoc(document, styles ? { styles } : {}))
}

/** Plain data, without what is undefined. */
export const plain = (value: { toJSON(): unknown }): unknown => JSON.parse(JSON.stringify(value.toJSON()))

/** The bytes alone, without what may lie around them. */
export const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
