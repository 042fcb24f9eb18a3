import { damaged } from '../document-error.ts'

/** The text of an XML part, and how its bytes are written. */
export interface XmlSource {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  readonly hasMark: boolean
}

const mark = '\ufeff'

/** Reads the bytes of an XML part: UTF-8, or UTF-16 with a byte order mark. Throws `DocumentError` for others. */
export function decodeXml(bytes: Uint8Array): XmlSource {
  const encoding = encodingOf(bytes)
  const raw = decode(bytes, encoding)
  const declared = /^\ufeff?<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(raw)?.[1]?.toLowerCase()
  const isHonest = declared === undefined || declared.startsWith('utf-') || declared === 'us-ascii'
  if (!isHonest) throw damaged(`a part of it is in ${declared}, which office documents must not be`)
  return { text: raw.startsWith(mark) ? raw.slice(1) : raw, encoding, hasMark: raw.startsWith(mark) }
}

/** The bytes of a part, written as `like` was. */
export function encodeXml(text: string, { encoding, hasMark }: Omit<XmlSource, 'text'>): Uint8Array {
  const marked = hasMark ? mark + text : text
  if (encoding === 'utf-8') return new TextEncoder().encode(marked)
  const bytes = new Uint8Array(marked.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < marked.length; at++) view.setUint16(at * 2, marked.charCodeAt(at), encoding === 'utf-16le')
  return bytes
}

function encodingOf([first, second]: Uint8Array): XmlSource['encoding'] {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw damaged('the text of a part cannot be read')
  }
}
