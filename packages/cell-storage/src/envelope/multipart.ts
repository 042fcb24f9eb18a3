import { EnvelopeError } from './envelope.ts'

/** A body of several parts, as MTOM has it. */
export interface Multipart {
  /** The part with the XML. */
  readonly root: Uint8Array
  /** The other parts by their `Content-ID`, without brackets. */
  readonly parts: ReadonlyMap<string, Uint8Array>
}

const mostParts = 256
const longestHeader = 16 * 1024

const bytesOf = (text: string) => Buffer.from(text, 'latin1')
const textOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/** A parameter of a header, such as `boundary` of `multipart/related; boundary="x"`. */
const parameter = (header: string, name: string): string | undefined => {
  const found = new RegExp(`[;\\s]${name}=(?:"([^"]*)"|([^;\\s"]+))`, 'i').exec(header)
  return found?.[1] ?? found?.[2]
}

/** The boundary that a body says it has: in a header of HTTP, in one that stands in the body itself, or by its first line. */
function boundaryOf(body: Uint8Array, contentType: string): string | undefined {
  const beginning = textOf(body.subarray(0, longestHeader))
  const said = parameter(contentType, 'boundary')
  if (said) return said
  const inBody = /^\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+/.exec(beginning)?.[0]
  const header = inBody && /multipart\/related/i.test(inBody) ? parameter(inBody, 'boundary') : undefined
  return header ?? /^\s*--([^\s"<>]{1,70})\r?\n/.exec(beginning)?.[1]
}

/** The parts of a body. `undefined`: it is one piece. */
export function readMultipart(body: Uint8Array, contentType: string): Multipart | undefined {
  const isSaid = /^\s*multipart\//i.test(contentType)
  const first = textOf(body.subarray(0, 64)).trimStart()
  if (!isSaid && (first === '' || first.startsWith('<') || first.startsWith('ï»¿<'))) return undefined
  const boundary = boundaryOf(body, contentType)
  if (boundary === undefined) return undefined
  const parts = splitAt(body, boundary).map(readPart)
  const start = parameter(contentType, 'start')?.replace(/^<|>$/g, '')
  const root = parts.find(({ id }) => start !== undefined && id === start) ?? parts[0]
  if (!root) throw new EnvelopeError('a body of several parts has none')
  return { root: root.content, parts: new Map(parts.map(({ id, content }) => [id, content])) }
}

/** What stands between the boundaries. */
function splitAt(body: Uint8Array, boundary: string): Uint8Array[] {
  const whole = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const mark = bytesOf(`--${boundary}`)
  const parts: Uint8Array[] = []
  let from = whole.indexOf(mark)
  while (from >= 0 && parts.length < mostParts) {
    const begin = from + mark.length
    const end = whole.indexOf(mark, begin)
    if (end < 0) return parts
    parts.push(whole.subarray(begin, end))
    from = end
  }
  throw new EnvelopeError('a body of several parts has no boundary, or too many parts')
}

function readPart(part: Uint8Array): { readonly id: string; readonly content: Uint8Array } {
  const beginning = textOf(part.subarray(0, longestHeader))
  const blank = /\r?\n\r?\n/.exec(beginning)
  if (!blank) throw new EnvelopeError('a part of a body has no end of its headers')
  const id = /^content-id:\s*<?([^>\r\n]*?)>?\s*$/im.exec(beginning.slice(0, blank.index))?.[1] ?? ''
  const begin = blank.index + blank[0].length
  return { id, content: part.subarray(begin, part.length - lineEndOf(part)) }
}

/** How long the line end is that belongs to the boundary behind a part. */
function lineEndOf(part: Uint8Array): number {
  if (part.at(-1) !== 0x0a) return 0
  return part.at(-2) === 0x0d ? 2 : 1
}
