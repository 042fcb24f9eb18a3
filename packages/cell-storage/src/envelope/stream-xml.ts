import { SaxesParser, type SaxesTag } from 'saxes'
import { type Attributes, EnvelopeError } from './envelope.ts'

/** Takes in an XML text from front to back. Paths are names without prefixes, from the outermost on. */
export interface XmlSink {
  open(path: readonly string[], attributes: Attributes): void
  text(path: readonly string[], text: string): void
}

const deepest = 16
const mostAttributes = 64
const longestAttribute = 64 * 1024
/** The XML is read in pieces of this size, so that what is too much is noticed before all is read. */
const pieceSize = 64 * 1024

/** Reads XML, with or without one element around all. What is no XML, or too much, is an `EnvelopeError`. */
export function streamXml(xml: Uint8Array, sink: XmlSink, maxElements: number): void {
  const parser = parserFor(sink, maxElements)
  try {
    const decoder = new TextDecoder(xml[0] === 0xff || xml[1] === 0 ? 'utf-16le' : 'utf-8', { fatal: true })
    for (let at = 0; at < xml.length; at += pieceSize) {
      const text = decoder.decode(xml.subarray(at, at + pieceSize), { stream: at + pieceSize < xml.length })
      // XML without one element around all is a fragment, in which a declaration has no place.
      parser.write(at === 0 ? text.replace(/^\s*<\?xml\s[^>]*\?>/, '') : text)
    }
    parser.close()
  } catch (cause) {
    if (cause instanceof EnvelopeError) throw cause
    throw new EnvelopeError(`a body is no XML: ${cause instanceof Error ? cause.message : 'it is malformed'}`, {
      cause,
    })
  }
}

function parserFor(sink: XmlSink, maxElements: number): SaxesParser {
  const parser = new SaxesParser({ fragment: true })
  const path: string[] = []
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
