import { SaxesParser } from 'saxes'

// Real discovery documents have some 200,000 characters, 1,500 elements, a depth of 4 and 9 attributes.
const mostCharacters = 5 * 1024 * 1024
const mostElements = 20_000
const deepest = 32
const mostAttributes = 64
const longestAttribute = 8192

/** An element of a document. */
export interface XmlElement {
  /** The names from the root down to this element: `a/b/c`. */
  readonly path: string
  readonly attributes: Readonly<Record<string, string>>
}

/**
 * The elements of a document that comes from who knows where, in its order. One that is no XML, has another root, brings
 * a DOCTYPE or is too large in any way throws a `SyntaxError` that names what was found.
 */
export function readXml(xml: string, root: string): readonly XmlElement[] {
  if (xml.length > mostCharacters) throw new SyntaxError(`more than ${mostCharacters} characters`)
  try {
    return parse(xml, root)
  } catch (cause) {
    if (cause instanceof SyntaxError) throw cause
    throw new SyntaxError(`no XML (${cause instanceof Error ? cause.message : 'malformed'})`, { cause })
  }
}

function parse(xml: string, root: string): readonly XmlElement[] {
  const elements: XmlElement[] = []
  const path: string[] = []
  let attributes = 0
  const parser = new SaxesParser()
  parser.on('doctype', (type) => {
    throw new SyntaxError(/^\s*html\b/i.test(type) ? 'an HTML page' : 'a DOCTYPE, which is not read')
  })
  parser.on('opentagstart', ({ name }) => {
    attributes = 0
    if (path.length === 0 && name !== root) throw new SyntaxError(`<${name.slice(0, 40)}>`)
    if (path.push(name) > deepest) throw new SyntaxError(`elements more than ${deepest} deep`)
  })
  parser.on('attribute', ({ value }) => {
    if (++attributes > mostAttributes) throw new SyntaxError(`more than ${mostAttributes} attributes in one element`)
    if (value.length > longestAttribute)
      throw new SyntaxError(`an attribute of more than ${longestAttribute} characters`)
  })
  parser.on('opentag', (tag) => {
    if (elements.length >= mostElements) throw new SyntaxError(`more than ${mostElements} elements`)
    elements.push({ path: path.join('/'), attributes: tag.attributes })
  })
  parser.on('closetag', () => {
    path.pop()
  })
  parser.write(xml).close()
  return elements
}
