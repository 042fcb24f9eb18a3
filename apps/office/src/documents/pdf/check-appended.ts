import { DocumentError } from '../package/document-error.ts'
import { crossReferencesBefore, lastCrossReferences } from './cross-references.ts'

/** The most bytes that are appended to a PDF. */
export const mostAppended = 16 * 1024 * 1024
/** How often it can have been appended to within that. */
const mostTimes = 1000

/**
 * Looks at what is to be appended to a PDF, of which `length` bytes are its own: it must end as a PDF ends, and its
 * cross-references must lead back to those of the file. Throws `DocumentError`.
 */
export function checkAppended(file: Buffer, length: number): void {
  if (file.length === length) return
  if (file.length - length > mostAppended) {
    throw new DocumentError('too-large', 'This cannot be saved: too much was put into this PDF.')
  }
  const before = lastCrossReferences(file.subarray(0, length))
  let at = lastCrossReferences(file)
  for (let times = 0; at !== undefined && at >= length && times < mostTimes; times++) {
    const previous = crossReferencesBefore(file, at)
    if (previous !== undefined && previous >= at) break
    at = previous
  }
  if (at === undefined || at !== before) throw unfit()
}

const unfit = (): DocumentError =>
  new DocumentError('would-lose', 'This cannot be saved: the changes do not fit to this PDF.')
