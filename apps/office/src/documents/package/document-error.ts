/** What is wrong with a document that is not opened or not saved. */
export type DocumentFault =
  /** It is no package, or a broken one. */
  | 'damaged'
  /** It is encrypted, or in the format of Office 97, which looks the same from outside. */
  | 'protected'
  /** It is larger than what is opened, or becomes so when it is unpacked. */
  | 'too-large'
  /** It is well formed, but has more in it than is shown. */
  | 'too-much'
  /** It is well formed, but uses something that is not read. */
  | 'unsupported'
  /** Saving it would lose something. */
  | 'would-lose'

/** Why a document is not opened or not saved. Its message is a sentence for whoever opened the document. */
export class DocumentError extends Error {
  readonly fault: DocumentFault

  constructor(fault: DocumentFault, message: string) {
    super(message)
    this.name = 'DocumentError'
    this.fault = fault
  }
}

/** A document that is broken, and where. */
export const damaged = (where: string): DocumentError =>
  new DocumentError('damaged', `This document is damaged: ${where}.`)
