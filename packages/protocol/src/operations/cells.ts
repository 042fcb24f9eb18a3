import { bytes } from '../bodies.ts'
import { integer, text, utf7 } from '../formats.ts'
import { header, optional } from '../parts.ts'
import type { Operation } from './operation.ts'

const spec = 'https://learn.microsoft.com/openspecs/office_protocols/ms-wopi'

const correlationId = optional(header('X-WOPI-CorrelationId', text))
// The type stands behind the content, which has one of its own where nothing else is said.
const message = {
  size: optional(header('X-WOPI-Size', integer)),
  /** As it is coded. */
  length: optional(header('Content-Length', integer)),
  coding: optional(header('Content-Encoding', text)),
  accepts: optional(header('Accept-Encoding', text)),
  correlationId,
  content: bytes,
  contentType: optional(header('Content-Type', text)),
} as const
const answer = {
  /** That of the request. */
  correlationId,
  coding: optional(header('Content-Encoding', text)),
  content: bytes,
  contentType: optional(header('Content-Type', text)),
} as const

/**
 * The operations that carry another protocol, MS-FSSHTTP, which has answers of its own for whoever may not write: reading
 * is all that a caller must be allowed to do.
 */
// biome-ignore format: a row reads as a row
export const cells = {
  executeCellStorageRelativeRequest: {
    on: 'file', method: 'POST', override: 'COBALT', sentWith: 'X-WOPI-RelativeTarget', needs: 'read', promisedBy: 'SupportsCobalt',
    // Of a file, the name is that of one beside it; of a folder, that of one in it.
    alsoOn: ['folder', 'container'],
    request: { relativeTarget: header('X-WOPI-RelativeTarget', utf7), ...message },
    response: answer,
    fails: ['CellStorageFault', 'InvalidName', 'TooLargeToStore'],
    spec,
  },
  executeCellStorageRequest: {
    on: 'file', method: 'POST', override: 'COBALT', needs: 'read', promisedBy: 'SupportsCobalt',
    request: message,
    response: answer,
    fails: ['CellStorageFault', 'TooLargeToStore'],
    spec,
  },
} as const satisfies Record<string, Operation>
