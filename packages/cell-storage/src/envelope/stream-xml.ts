import { SaxesParser, type SaxesTag } from 'saxes'
import { type Attributes, EnvelopeError } from './envelope.ts'
import { setAside } from './set-aside.ts'

/** Takes in an XML text from front to back. Paths are names without prefixes, from the outermost on. */
export interface XmlSink {
  open(path: readonly string[], attributes: Attributes): void
  /** Long texts come as the bytes that they are. */
  text(path: readonly string[], text: string | Uint8Array): void
}

const deepest = 16
const mostAttributes = 64
const longestAttribute = 64 * 1024
/** Stands in XML for a long text that has been taken out of it. Where it stands in a comment, nobody asks for the text. */
const stand = '\ue000'

/** Reads XML, with or without one element around all. What is no XML, or too much, is an `EnvelopeError`. */
export function streamXml(xml: Uint8Array, sink: XmlSink, maxElements: number): void {
  const asides: Uint8Array[] = []
  const parser = parserFor(withAsides(sink, asides), maxElements)
  try {
    let isFirst = true
    for (const piece of setAside(inUtf8(xml))) {
      if ('aside' in piece) {
        asides.push(piece.aside)
        parser.write(stand)
      } else parser.write(isFirst ? withoutDeclaration(piece.text) : piece.text)
      isFirst = false
    }
    parser.close()
  } catch (cause) {
    if (cause instanceof EnvelopeError) throw cause
    throw new EnvelopeError(`a body is no XML: ${cause instanceof Error ? cause.message : 'it is malformed'}`, {
      cause,
    })
  }
}

/** XML without one element around all is a fragment, in which a declaration has no place. */
const withoutDeclaration = (text: string) => text.replace(/^\s*<\?xml\s[^>]*\?>/, '')

function inUtf8(xml: Uint8Array): Uint8Array {
  if (xml[0] !== 0xff && xml[1] !== 0) return xml
  return Buffer.from(new TextDecoder('utf-16le', { fatal: true }).decode(xml))
}

/** Gives the sink the texts that were taken out in their places, each of them once. */
function withAsides({ open, text }: XmlSink, asides: Uint8Array[]): XmlSink {
  return {
    open,
    text(path, whole) {
      if (typeof whole !== 'string' || !whole.includes(stand)) return text(path, whole)
      for (const [index, between] of whole.split(stand).entries()) {
        const aside = index > 0 ? asides.shift() : undefined
        if (aside) text(path, aside)
        text(path, between)
      }
    },
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
