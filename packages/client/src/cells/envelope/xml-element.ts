import { SaxesParser, type SaxesTag } from 'saxes'
import { BadAnswer } from '../../failures.ts'

/** An element of XML, named without its prefix. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface Growing extends XmlElement {
  readonly children: Growing[]
  text: string
}

/** The elements that a text is, one after the other. Throws a `BadAnswer` for what is no XML, or brings a DOCTYPE. */
export function elementsOf(text: string): readonly XmlElement[] {
  const root: Growing = { name: '', attributes: {}, children: [], text: '' }
  const open: Growing[] = [root]
  const parser = new SaxesParser({ fragment: true })
  parser.on('error', (cause) => {
    throw new BadAnswer(`the host's answer is no XML: ${cause.message}`)
  })
  parser.on('opentag', (tag) => {
    const element = elementOf(tag)
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (more) => {
    const last = open.at(-1)
    if (last) last.text += more
  })
  parser.on('closetag', () => open.pop())
  parser.write(text.replace(/^\ufeff?(<\?xml[^>]*\?>)?/, '')).close()
  return root.children
}

const elementOf = ({ name, attributes }: SaxesTag): Growing => ({
  name: withoutPrefix(name),
  attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
  children: [],
  text: '',
})

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1)

/** All elements of a name, at any depth; nothing is looked for within one that was found. */
export const allNamed = (elements: readonly XmlElement[], name: string): XmlElement[] =>
  elements.flatMap((element) => (element.name === name ? [element] : allNamed(element.children, name)))

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it stands in XML. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? `&#${character.charCodeAt(0)};`)

/** An element of a name, with the attributes that are not `undefined`, and content that is XML already. */
export function xml(name: string, attributes: Readonly<Record<string, string | undefined>>, content = ''): string {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const tag = `${name}${given.map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('')}`
  return content === '' ? `<${tag}/>` : `<${tag}>${content}</${tag.slice(0, name.length)}>`
}
