import type { WhyNotConverted } from './converter.ts'

/**
 * What a page is told while a document is converted: a line of JSON each time. After the last line come the bytes of
 * what was made, unless that lies beside the document.
 */
export type ConversionNews =
  /** So many others come first. */
  | { readonly is: 'waiting'; readonly before: number }
  | { readonly is: 'working' }
  /** `name` and `url`: of what was put beside the document. */
  | { readonly is: 'done'; readonly name?: string; readonly url?: string }
  | { readonly is: 'failed'; readonly why: WhyNotConverted | 'no-access' | 'host-away' }
