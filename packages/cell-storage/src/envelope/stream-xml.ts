import { SaxesParser, type SaxesTag } from 'saxes'
import { cutXml } from './cut-xml.ts'
import { type Attributes, EnvelopeError } from './envelope.ts'

/** Takes in an XML text from front to back. Paths are names without prefixes, from the outermost on. */
export interface XmlSink {
  open(path: readonly string[], attributes: Attributes): void
  /** Long texts come as the bytes that they are, which are somebody else's as soon as this returns. */
  text(path: readonly string[], text: string | Uint8Array): void
}

/** Reads XML that comes slice by slice. What is no XML, or too much, is an `EnvelopeError`. */
export interface XmlReader {
  write(slice: Uint8Array): void
  end(): void
}

const deepest = 16
const mostAttributes = 64
const longestAttribute = 64 * 1024
/** How much there may be of names, attributes and short texts. Bytes. */
const mostMarkup = 4 * 2 ** 20

/** Begins to read XML, with or without one element around all. */
export function streamXml(sink: XmlSink, maxElements: number): XmlReader {
  const path: string[] = []
  const parser = parserFor(sink, { path, maxElements })
  const decode = decoder('utf-8')
  let recode: ReturnType<typeof recoder> | undefined
  let [left, isFirst] = [mostMarkup, true]

  function parse(text: string): void {
    parser.write(isFirst ? withoutDeclaration(text) : text)
    isFirst &&= text === ''
  }

  const cut = cutXml({
    markup(bytes) {
      left -= bytes.length
      if (left < 0) throw new EnvelopeError(`a body has more than ${mostMarkup} bytes of markup and short texts`)
      parse(decode(bytes))
    },
    letters(bytes) {
      // Behind a comment, the parser has told of all text that comes before it.
      parse(`${decode()}<!---->`)
      sink.text(path, bytes)
    },
  })

  return {
    write: checked((slice) => {
      recode ??= recoder(slice)
      cut(recode(slice))
    }),
    end: checked(() => {
      if (recode) cut(recode())
      parse(decode())
      parser.close()
    }),
  }
}

/** `work`, whose errors are all the body's. */
const checked =
  <A extends readonly unknown[]>(work: (...given: A) => void) =>
  (...given: A): void => {
    try {
      work(...given)
    } catch (cause) {
      if (cause instanceof EnvelopeError) throw cause
      const reason = cause instanceof Error ? cause.message : 'it is malformed'
      throw new EnvelopeError(`a body is no XML: ${reason}`, { cause })
    }
  }

/** XML without one element around all is a fragment, in which a declaration has no place. */
const withoutDeclaration = (text: string) => text.replace(/^\s*<\?xml\s[^>]*\?>/, '')

/** Text from bytes that come one after the other. Without any, what was there has to be whole. */
function decoder(encoding: 'utf-8' | 'utf-16le'): (bytes?: Uint8Array) => string {
  const decoding = new TextDecoder(encoding, { fatal: true })
  return (bytes) => (bytes ? decoding.decode(bytes, { stream: true }) : decoding.decode())
}

/** UTF-8 from what it is by its first bytes. */
function recoder(first: Uint8Array): (slice?: Uint8Array) => Uint8Array {
  if (first[0] !== 0xff && first[1] !== 0) return (slice = new Uint8Array()) => slice
  const decode = decoder('utf-16le')
  return (slice) => new TextEncoder().encode(decode(slice))
}

interface Parsing {
  /** Of the element that is open. */
  readonly path: string[]
  readonly maxElements: number
}

function parserFor(sink: XmlSink, { path, maxElements }: Parsing): SaxesParser {
  const parser = new SaxesParser({ fragment: true })
  let [elements, attributes] = [0, 0]
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new EnvelopeError('a body has a DOCTYPE, which is not read')
  })
  parser.on('opentagstart', ({ name }) => {
    attributes = 0
    if (path.push(localName(name)) > deepest) throw new EnvelopeError(`a body has elements more than ${deepest} deep`)
    if (++elements > maxElements) throw new EnvelopeError(`a body has more than ${maxElements} elements`)
  })
  parser.on('attribute', ({ value }) => {
    if (++attributes > mostAttributes || value.length > longestAttribute) {
      throw new EnvelopeError('an element of a body has too many attributes, or one that is too long')
    }
  })
  parser.on('opentag', (tag) => sink.open(path, attributesOf(tag)))
  parser.on('closetag', () => void path.pop())
  parser.on('text', (text) => sink.text(path, text))
  parser.on('cdata', (text) => sink.text(path, text))
  return parser
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/** The attributes of an element, by their names without prefixes. */
function attributesOf({ attributes }: SaxesTag): Attributes {
  const entries = Object.entries<unknown>(attributes).filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
  return Object.fromEntries(entries.map(([name, value]) => [localName(name), String(value)]))
}
