import { type Strings, stringsFor } from '../../src/strings/index.ts'
import { translated } from '../../src/strings/sentences.ts'

const spoken = stringsFor([document.documentElement.lang])

/** The strings of this page's language, which the server has picked. */
export const strings: Strings = spoken.strings

/** A sentence about a document, in this page's language; `otherwise` where it has none for it. */
export const sentence = (english: string, otherwise: string): string =>
  spoken.sentences ? (translated(english, spoken.sentences) ?? otherwise) : english
