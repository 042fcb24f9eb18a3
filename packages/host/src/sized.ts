import { type Content, cells, type Operation, transfer, WopiError } from '@openwopi/protocol'
import type { HostRequest } from './request.ts'

const inPieces = new Set<Operation>(Object.values(transfer))
/** What bounds these is the port that answers them: it says how long a body may be. */
const inCells = new Set<Operation>(Object.values(cells))

/** The most bytes of a body. A file that comes in pieces has a message before it, and each piece has a header. */
export function longestBody(operation: Operation, maxFileSize: number): number {
  if (inCells.has(operation)) return Number.POSITIVE_INFINITY
  return inPieces.has(operation) ? maxFileSize * 1.1 + 17 * 2 ** 20 : maxFileSize
}

/**
 * The body of a request, refused once it grows past `limit` bytes or turns out not to have the length it announced:
 * half a document must never replace a whole one.
 */
export function sized({ headers, body }: HostRequest, limit: number): Content | null {
  if (!body) return null
  const announced = announcedLength(headers)
  return announced === undefined && limit === Number.POSITIVE_INFINITY ? body : checked(body, announced, limit)
}

/** A coded body is longer or shorter than what it decodes to. */
function announcedLength(headers: HostRequest['headers']): number | undefined {
  const length = headers.get('Content-Length')
  return length === null || headers.get('Content-Encoding') !== null || !/^\d+$/.test(length)
    ? undefined
    : Number(length)
}

async function* checked(body: Content, announced: number | undefined, limit: number): Content {
  if (announced !== undefined && announced > limit) throw new WopiError('TooLargeToStore', {})
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > limit) throw new WopiError('TooLargeToStore', {})
    if (announced !== undefined && size > announced) throw lengthMismatch(size, announced)
    yield chunk
  }
  if (announced !== undefined && size !== announced) throw lengthMismatch(size, announced)
}

const lengthMismatch = (size: number, announced: number) =>
  new WopiError('InvalidRequest', { reason: `the body has ${size} bytes where ${announced} were announced` })

/** Passes content on and refuses it at its end if it has not `size` bytes. */
export async function* exactly(size: number, content: Content): Content {
  let seen = 0
  for await (const chunk of content) {
    seen += chunk.byteLength
    if (seen > size) throw lengthMismatch(seen, size)
    yield chunk
  }
  if (seen !== size) throw lengthMismatch(seen, size)
}
