import { DocumentError } from './document-error.ts'

/** A document that has more than `most` of something. */
export const tooMuch = (most: number, of: string): DocumentError =>
  new DocumentError(
    'too-much',
    `This document has more than ${most.toLocaleString('en')} ${of}, which is more than can be shown here. Download it to open it with another program.`,
  )
