import { parseDocx } from '@eigenpal/docx-editor-core/docx'
import { equalBytes } from '../../../../src/documents/package/compare-packages.ts'
import { openPackage, type Package } from '../../../../src/documents/package/package.ts'
import { relationshipsPart } from '../../../../src/documents/package/relationships.ts'
import { mergeWord } from '../../../../src/documents/word/merge-word.ts'
import { openWord, type WordPackage } from '../../../../src/documents/word/word-package.ts'
import { headerDifferences } from './header-differences.ts'
import { bufferOf, shownOf } from './reading.ts'
import { documentDifferences } from './same-document.ts'

/** A Word document as the editor takes it in. */
export interface ReadWord {
  readonly document: Awaited<ReturnType<typeof parseDocx>>
  /** Fonts that the document brings along, by the names of their parts, and what says which is which. */
  readonly fonts: ReadonlyMap<string, ArrayBuffer>
  readonly fontLinks: string | null
}

/** Reads a Word document for the editor. Throws `DocumentError`. */
export async function readWord(file: Uint8Array): Promise<ReadWord> {
  const { shown } = opened(file)
  // Fonts belong to the page: a thread has none.
  const document = await parseDocx(bufferOf(shown.bytes), { preloadFonts: false })
  return { document, fonts: fontsIn(shown), fontLinks: fontLinksIn(shown) }
}

const fontsIn = (pkg: Package): ReadonlyMap<string, ArrayBuffer> =>
  new Map(
    pkg.names
      .filter((name) => name.toLowerCase().startsWith('word/fonts/'))
      .map((name) => [name, bufferOf(pkg.read(name))]),
  )

function fontLinksIn(pkg: Package): string | null {
  const part = relationshipsPart('word/fontTable.xml')
  return pkg.has(part) ? new TextDecoder().decode(pkg.read(part)) : null
}

/** What was done to a document in the editor. */
export interface Merging {
  readonly file: Uint8Array
  /** What the editor wrote before anything was changed, and what it writes now. */
  readonly before: Uint8Array
  readonly after: Uint8Array
  /** What is on the screen, as plain data: the body, and headers that were changed by their ids. */
  readonly shown?: unknown
  readonly headers: ReadonlyMap<string, unknown>
}

/** A file with what was done to it. */
export interface Merged {
  readonly bytes: Uint8Array
  /** Where it would be read again otherwise than it is seen. */
  readonly differences: readonly string[]
}

/** Makes the changes to the file, and reads it again. Throws `DocumentError` where they cannot be made. */
export async function mergeRead({ file, before, after, shown, headers }: Merging): Promise<Merged> {
  const bytes = mergeWord(opened(file), { before: openPackage(before), after: openPackage(after) })
  const read = await shownOf(bytes)
  const differences = [
    ...(shown === undefined ? [] : documentDifferences(shown, read.body)),
    ...headerDifferences(headers, read.headers),
  ]
  return { bytes, differences }
}

let last: { readonly file: Uint8Array; readonly word: WordPackage } | undefined

/** The document that was opened last is merged with again and again. */
function opened(file: Uint8Array): WordPackage {
  if (!last || !equalBytes(last.file, file)) last = { file, word: openWord(file) }
  return last.word
}
