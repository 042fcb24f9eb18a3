import { textApps } from '../text/apps.ts'
import { hasPackageWords, packageWords } from './package-words.ts'

/** How many characters of a document are read: more than a thousand pages of text. */
export const mostCharacters = 2_000_000

const plain = new Set(textApps.flatMap(({ extensions }) => extensions))

/** Whether the words of such files can be read. `extension` without the dot, in lower case. */
export const hasWords = (extension: string): boolean =>
  plain.has(extension) || hasPackageWords(extension) || extension === 'pdf'

/** The words of a document, a line for each paragraph. Throws where it cannot be read. */
export async function wordsOf(bytes: Uint8Array, extension: string, most = mostCharacters): Promise<string> {
  if (hasPackageWords(extension)) return tidy(packageWords(bytes, extension, most))
  if (extension === 'pdf') return tidy(await (await import('./pdf-words.ts')).pdfWords(bytes, most))
  return plain.has(extension) ? tidy(new TextDecoder().decode(bytes.subarray(0, most))) : ''
}

/** Only what is seen: no control characters, and no more white space than it takes. */
const tidy = (text: string): string =>
  text
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim()
