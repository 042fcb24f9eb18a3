import { parseDocx } from '@eigenpal/docx-editor-core/docx'
import { headerFooterToProseDoc, toProseDoc } from '@eigenpal/docx-editor-core/prosemirror/conversion'
import { openWord } from '../../../../src/documents/word/word-package.ts'
import { plain } from './plain.ts'

/** What the editor shows of a file, as plain data to be compared. */
export interface Shown {
  readonly body: unknown
  /** Headers and footers by their ids. */
  readonly headers: ReadonlyMap<string, unknown>
}

export async function shownOf(bytes: Uint8Array): Promise<Shown> {
  const document = await parseDocx(bufferOf(openWord(bytes).shown.bytes), { preloadFonts: false })
  const { styles, theme, settings, headers, footers } = document.package
  const options = {
    ...(styles && { styles }),
    ...(theme && { theme }),
    defaultTabStopTwips: settings?.defaultTabStop ?? null,
  }
  const all = [...(headers ?? []), ...(footers ?? [])]
  return {
    body: plain(toProseDoc(document, styles ? { styles } : {})),
    headers: new Map(all.map(([id, { content }]) => [id, plain(headerFooterToProseDoc(content, options))])),
  }
}

/** The bytes alone, without what may lie around them. */
export const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
