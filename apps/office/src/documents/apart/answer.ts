import { DocumentError, type DocumentFault } from '../package/document-error.ts'

/** What a thread says: what came of its work, or what is wrong. Without a fault, it is not the document's. */
export type Answer<T> = { readonly outcome: T } | { readonly message: string; readonly fault?: DocumentFault }

/** Does some work, and says what came of it in a way that can be sent. */
export async function answerOf<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { outcome: await work() }
  } catch (cause) {
    if (cause instanceof DocumentError) return { message: cause.message, fault: cause.fault }
    return { message: cause instanceof Error ? cause.message : 'the document cannot be read' }
  }
}

/** What came of it. Throws what was wrong: a `DocumentError`, where it is the document's. */
export function outcomeOf<T>(answer: Answer<T>): T {
  if ('outcome' in answer) return answer.outcome
  throw answer.fault ? new DocumentError(answer.fault, answer.message) : new Error(answer.message)
}

/** What is said of a document that a thread does not come to an end with. */
export const takesTooMuch = (): DocumentError =>
  new DocumentError(
    'too-large',
    'This document takes too long, or too much memory, to be read here. You can download it.',
  )
