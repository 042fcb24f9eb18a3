/** How text is spelt in bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** The bytes of a file, understood. `foreign`: text in another encoding, good to look at but not to be written back. */
export type Decoded =
  | { readonly is: 'text'; readonly text: string; readonly encoding: Encoding; readonly hasMark: boolean }
  | { readonly is: 'foreign'; readonly text: string }
  | { readonly is: 'no text' }

const mark = '\ufeff'

/** Reads text of any of the encodings it can write. What would not come out byte for byte is not called text. */
export function decodeText(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes)
  const raw = tryDecode(bytes, encoding)
  if (raw === undefined) return looksBinary(bytes) ? { is: 'no text' } : { is: 'foreign', text: decodeForeign(bytes) }
  if (raw.includes('\0')) return { is: 'no text' }
  const hasMark = raw.startsWith(mark)
  const text = hasMark ? raw.slice(1) : raw
  const isFaithful = Buffer.from(bytes).equals(encodeText(text, encoding, hasMark))
  return isFaithful ? { is: 'text', text, encoding, hasMark } : { is: 'foreign', text }
}

/** The bytes of `text`. */
export function encodeText(text: string, encoding: Encoding, hasMark: boolean): Buffer {
  const marked = hasMark ? mark + text : text
  if (encoding === 'utf-8') return Buffer.from(marked, 'utf8')
  const bytes = Buffer.from(marked, 'utf16le')
  return encoding === 'utf-16le' ? bytes : bytes.swap16()
}

/** Only a byte order mark tells UTF-16: without one the guess would be as often wrong as right. */
function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

function tryDecode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const looksBinary = (bytes: Uint8Array): boolean => bytes.includes(0)

const decodeForeign = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes)
