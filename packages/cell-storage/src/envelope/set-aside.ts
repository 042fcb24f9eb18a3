import { EnvelopeError } from './envelope.ts'

/** A piece of XML as text, or a long stretch of text in it that stands there as bytes. */
export type XmlPiece = { readonly text: string } | { readonly aside: Uint8Array }

/** Shorter stretches of text are left where they are. */
const long = 4096
/** How much may be left when all long stretches are taken out: names, attributes and short texts. Bytes. */
const mostLeft = 4 * 2 ** 20
/** Text is decoded in pieces of this size. */
const pieceSize = 64 * 1024

const marks = { open: 0x3c, close: 0x3e, entity: 0x26 } as const

/**
 * XML in pieces, from which long stretches of text are taken out as they are: they are base64, and an XML parser that looks
 * at each of their letters takes seconds for them. What else is long is more than any message has, and an `EnvelopeError`.
 */
export function* setAside(xml: Uint8Array): Generator<XmlPiece> {
  const bytes = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let from = 0
  for (const { start, end } of longStretches(bytes)) {
    for (let at = from; at < start; at += pieceSize) {
      const isLast = at + pieceSize >= start
      yield { text: decoder.decode(bytes.subarray(at, Math.min(start, at + pieceSize)), { stream: !isLast }) }
    }
    if (end > start) yield { aside: bytes.subarray(start, end) }
    from = end
  }
}

interface Stretch {
  readonly start: number
  readonly end: number
}

/** What stands between the end of one tag and the beginning of the next, if it is long and has no entities; then the end. */
function* longStretches(bytes: Buffer): Generator<Stretch> {
  let left = mostLeft
  for (let at = 0; at < bytes.length; ) {
    const open = bytes.indexOf(marks.open, at)
    const end = open < 0 ? bytes.length : open
    const start = open < 0 ? end : startOfText(bytes, at, end)
    left -= start + 1 - at
    if (left < 0) throw new EnvelopeError(`a body has more than ${mostLeft} bytes of markup and short texts`)
    if (end > start) yield { start, end }
    at = end + 1
  }
  yield { start: bytes.length, end: bytes.length }
}

/** Where the long text begins that ends at `end`. `end`: there is none. */
function startOfText(bytes: Buffer, at: number, end: number): number {
  if (end - at < long) return end
  const stretch = bytes.subarray(at, end)
  const start = at + stretch.lastIndexOf(marks.close) + 1
  return start > at && end - start >= long && !bytes.subarray(start, end).includes(marks.entity) ? start : end
}
