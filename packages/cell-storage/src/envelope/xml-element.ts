/** An element that is to be written. */
export interface XmlElement {
  readonly name: string
  /** Those that are `undefined` are left out. */
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly children: readonly (XmlElement | Letters | string)[]
}

/** Text in which nothing has to be written otherwise in XML, such as base64. */
export interface Letters {
  readonly letters: string
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

/** An element as text. */
export function xmlText({ name, attributes, children }: XmlElement): string {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const tag = `${name}${given.map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}`
  if (children.length === 0) return `<${tag}/>`
  const inside = children.map((child) => {
    if (typeof child === 'string') return escaped(child)
    return 'letters' in child ? child.letters : xmlText(child)
  })
  return `<${tag}>${inside.join('')}</${name}>`
}
