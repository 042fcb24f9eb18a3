/** An element that is to be written. */
export interface XmlElement {
  readonly name: string
  /** Those that are `undefined` are left out. */
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly children: readonly (XmlElement | Letters | string)[]
}

/** Text in which nothing has to be written otherwise in XML, such as base64. It is made piece by piece as it is written. */
export interface Letters {
  readonly letters: () => Iterable<string>
}

/** An element with what is in it. */
export const xmlElement = (
  name: string,
  attributes: XmlElement['attributes'] = {},
  children: XmlElement['children'] = [],
): XmlElement => ({ name, attributes, children })

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Text as it stands in XML. What XML cannot hold becomes the replacement character. */
const escaped = (text: string) =>
  text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character)

/** An element as text, in pieces. */
export function* xmlPieces({ name, attributes, children }: XmlElement): Generator<string> {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const tag = `${name}${given.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}`
  if (children.length === 0) return yield `<${tag}/>`
  yield `<${tag}>`
  for (const child of children) {
    if (typeof child === 'string') yield escaped(child)
    else yield* 'letters' in child ? child.letters() : xmlPieces(child)
  }
  yield `</${name}>`
}

/** An element as text. */
export const xmlText = (element: XmlElement): string => [...xmlPieces(element)].join('')
