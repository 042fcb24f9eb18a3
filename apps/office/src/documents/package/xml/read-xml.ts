import { SaxesParser } from 'saxes'
import { DocumentError, damaged } from '../document-error.ts'

/** How far the XML of a part may go. */
export interface XmlLimits {
  readonly depth: number
  readonly elements: number
}

/** What ordinary documents stay far below. */
export const usualXmlLimits: XmlLimits = { depth: 400, elements: 20_000_000 }

/** A start tag with its names resolved. */
export interface StartTag {
  /** As it is written, prefix and all. */
  readonly name: string
  readonly local: string
  /** Its namespace; empty where it has none. */
  readonly uri: string
  /** By their names as written, in their order. */
  readonly attributes: Readonly<
    Record<string, { readonly value: string; readonly local: string; readonly uri: string }>
  >
  /** Offset of its `<` in the source. */
  readonly start: number
  /** Offset after its `>`. */
  readonly end: number
  readonly isSelfClosing: boolean
}

/** What is told while XML is read. Offsets are those of characters in the source. */
export interface XmlEvents {
  opened?(tag: StartTag): void
  /** `start`: of the end tag; the same as `end` where the start tag has closed itself. */
  closed?(tag: { readonly start: number; readonly end: number }): void
  /** With entities resolved. `start` and `end` are of the run as it is written. */
  text?(text: string, start: number, end: number): void
}

/**
 * Reads XML that an office document may hold: well formed, without a document type, so that there are no entities to
 * explode. Throws `DocumentError`.
 */
export function readXml(source: string, events: XmlEvents, limits: XmlLimits = usualXmlLimits): void {
  const parser = new SaxesParser({ xmlns: true, position: true })
  let depth = 0
  let elements = 0
  let last = 0
  parser.on('error', (cause) => {
    throw damaged(`a part of it is not well formed (${cause.message})`)
  })
  parser.on('doctype', () => {
    throw new DocumentError('unsupported', 'This document declares a document type, which office documents must not.')
  })
  parser.on('opentag', ({ name, local, uri, attributes, isSelfClosing }) => {
    if (++depth > limits.depth || ++elements > limits.elements) {
      throw new DocumentError('too-large', 'This document is nested too deeply, or has too many elements.')
    }
    const end = parser.position
    last = end
    events.opened?.({ name, local, uri, attributes, isSelfClosing, start: source.lastIndexOf('<', end - 1), end })
  })
  parser.on('closetag', ({ isSelfClosing }) => {
    depth--
    const end = parser.position
    last = end
    events.closed?.({ start: isSelfClosing ? end : source.lastIndexOf('<', end - 1), end })
  })
  const tellText = (text: string) => {
    const end = endOfText(source, last)
    events.text?.(text, last, end)
    last = end
  }
  parser.on('text', tellText)
  parser.on('cdata', (text) => {
    const start = source.lastIndexOf('<![CDATA[', parser.position - 1)
    events.text?.(text, start, parser.position)
    last = parser.position
  })
  parser.on('comment', () => {
    // Told at its second hyphen, before the end of its markup.
    last = source.indexOf('>', parser.position - 1) + 1
  })
  parser.on('processinginstruction', () => {
    last = parser.position
  })
  parser.on('xmldecl', () => {
    last = parser.position
  })
  parser.write(source).close()
}

/** Text runs up to the next markup. */
function endOfText(source: string, start: number): number {
  const end = source.indexOf('<', start)
  return end < 0 ? source.length : end
}
