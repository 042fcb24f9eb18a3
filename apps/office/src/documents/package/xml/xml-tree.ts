import { damaged } from '../document-error.ts'
import { readXml, type StartTag, usualXmlLimits, type XmlLimits } from './read-xml.ts'

/** A run of text. Offsets are those of its raw form in the source. */
export interface XmlText {
  readonly is: 'text'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** An element, and where it stands in the source: `source.slice(start, end)` is its raw form. */
export interface XmlElement {
  readonly is: 'element'
  readonly name: string
  readonly local: string
  readonly uri: string
  readonly attributes: StartTag['attributes']
  readonly children: readonly XmlNode[]
  readonly start: number
  readonly end: number
  /** After the `>` of its start tag. */
  readonly contentStart: number
  /** At the `<` of its end tag; `end` where the start tag has closed itself. */
  readonly contentEnd: number
}

export type XmlNode = XmlElement | XmlText

type Growing = Omit<XmlElement, 'children' | 'end' | 'contentEnd'> & {
  children: XmlNode[]
  end: number
  contentEnd: number
}

/** Reads a whole part into a tree; see `readXml`. Comments and processing instructions are only in the source. */
export function parseXml(source: string, limits: XmlLimits = usualXmlLimits): XmlElement {
  const open: Growing[] = []
  let root: Growing | undefined
  readXml(
    source,
    {
      opened({ name, local, uri, attributes, start, end }) {
        const made: Growing = { is: 'element', name, local, uri, attributes, start, contentStart: end, ...unclosed() }
        open.at(-1)?.children.push(made)
        root ??= made
        open.push(made)
      },
      closed({ start, end }) {
        const closing = open.pop()
        if (closing) Object.assign(closing, { contentEnd: start, end })
      },
      text(text, start, end) {
        open.at(-1)?.children.push({ is: 'text', text, start, end })
      },
    },
    limits,
  )
  if (!root) throw damaged('a part of it is empty')
  return root
}

const unclosed = () => ({ children: [], end: 0, contentEnd: 0 })

/** The elements among the children. */
export const elementsOf = ({ children }: XmlElement): readonly XmlElement[] =>
  children.filter((child) => child.is === 'element')

/** The first child element of that local name. */
export const childOf = (parent: XmlElement, local: string): XmlElement | undefined =>
  elementsOf(parent).find((child) => child.local === local)

/** Every element below, and the element itself, in document order. */
export function* allElements(root: XmlElement): Generator<XmlElement> {
  yield root
  for (const child of root.children) if (child.is === 'element') yield* allElements(child)
}

/** All text below, run together. */
export const textOf = (node: XmlNode): string => (node.is === 'text' ? node.text : node.children.map(textOf).join(''))

/** The value of the attribute with that local name; prefixes differ between writers. */
export const attributeOf = ({ attributes }: XmlElement, local: string): string | undefined =>
  Object.values(attributes).find((attribute) => attribute.local === local)?.value
