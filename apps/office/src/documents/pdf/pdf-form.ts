import * as Y from 'yjs'
import type { SharedForm } from '../../editing/document-form.ts'
import { DocumentError, damaged } from '../package/document-error.ts'
import { appendedIn, withAppended } from './appended.ts'
import { checkAppended } from './check-appended.ts'
import { lastCrossReferences } from './cross-references.ts'
import { inspectPdf } from './inspect-pdf.ts'
import type { PdfFacts, PdfFault } from './read-facts.ts'

/**
 * A PDF as it is shared: what is filled in and put on its pages is appended to the file, whose own bytes stay as they
 * are. Throws `DocumentError`.
 */
export async function pdfForm(file: Uint8Array, inspect: typeof inspectPdf = inspectPdf): Promise<SharedForm> {
  const facts = await inspect(file)
  if (facts === 'damaged') throw damaged('it cannot be read as a PDF')
  const why = typeof facts === 'object' ? (notToChange(file) ?? notToFill(facts)) : unread[facts ?? 'slow']
  return formOf(file, { why, inspect, ...(typeof facts === 'object' && { pages: facts.pages }) })
}

interface Known {
  /** Why it is only shown. */
  readonly why: string | undefined
  readonly pages?: number
  readonly inspect: typeof inspectPdf
}

/** `length`: how many bytes of the file are its own; the others were appended before. */
function formOf(file: Uint8Array, known: Known, length = file.length): SharedForm {
  let last: { readonly appended: unknown; readonly bytes: Buffer } | undefined
  return {
    kind: 'pdf',
    hasOneWriter: true,
    format: { length },
    refusal: known.why === undefined ? undefined : { code: 'cannot-keep', why: known.why },
    seed: () => Y.encodeStateAsUpdate(new Y.Doc()),
    bytes(document) {
      const appended = appendedIn(document)
      if (!appended) return Buffer.from(file)
      if (last?.appended === appended) return last.bytes
      if (appended.at !== length) throw otherFile()
      const bytes = Buffer.from(withAppended(file, appended).buffer)
      checkAppended(bytes, length)
      last = { appended, bytes }
      return bytes
    },
    verify: (bytes) => verify(bytes, known),
    withFormat: (format) => formOf(file, known, lengthIn(format, file)),
  }
}

/** A changed PDF must open, and have the pages that it had. */
async function verify(bytes: Uint8Array, { inspect, pages }: Known): Promise<void> {
  const facts: PdfFacts | PdfFault | undefined = await inspect(bytes)
  const isSound = typeof facts === 'object' && !facts.isEncrypted && !facts.hasXfa && facts.pages === pages
  if (!isSound) throw new DocumentError('would-lose', 'This cannot be saved: the PDF would not open as it did before.')
}

const otherFile = (): DocumentError =>
  new DocumentError('would-lose', 'This cannot be saved: the changes belong to another state of this PDF.')

function lengthIn({ length }: Readonly<Record<string, unknown>>, file: Uint8Array): number {
  return typeof length === 'number' && length <= file.length ? length : file.length
}

const unread = {
  password: 'It is protected by a password.',
  slow: 'It takes too long, or too much memory, to be looked through.',
}

/** A signature covers ranges of bytes, and says which, where anyone can read it. */
const signature = '/ByteRange'

/** Why not a byte may be put behind this file. */
function notToChange(file: Uint8Array): string | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes.includes(signature, 0, 'latin1')) return 'It is signed, and a change would break the signature.'
  const isSound = bytes.subarray(0, 5).toString('latin1') === '%PDF-' && lastCrossReferences(bytes) !== undefined
  return isSound ? undefined : 'It is damaged, and is shown as well as possible.'
}

function notToFill({ isEncrypted, hasXfa }: PdfFacts): string | undefined {
  if (isEncrypted) return 'It is encrypted.'
  return hasXfa ? 'Its form (XFA) can be filled only in the program it was made for.' : undefined
}
