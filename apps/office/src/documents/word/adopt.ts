import { escapeAttribute, escapeText } from '../package/xml/escape-xml.ts'
import type { XmlElement } from '../package/xml/xml-tree.ts'
import { relationshipNamespace, type Story } from './story.ts'

/** Brings what was made elsewhere into a story. */
export interface Adoption {
  /** An element with all it needs to stand in the story. Empty where the story has no place for it. */
  element(element: XmlElement): string
  /** An attribute as it is written, with a space before it. Empty where the story has no place for it. */
  attribute(name: string, value: XmlElement['attributes'][string]): string
}

const xmlns = 'http://www.w3.org/2000/xmlns/'
/** Later additions to the format: they may stand only where a part says that they may be ignored. */
const addition = /^http:\/\/schemas\.microsoft\.com\/office\/(word|drawing)\/20\d\d\//
const neededAddition = /\/(wordprocessingShape|wordprocessingGroup|wordprocessingCanvas)$/

/** `relationship` finds or makes the id under which the story's part knows what `id` leads to in the other. */
export function adoption(story: Story, relationship: (id: string) => string): Adoption {
  const declared = declaredIn(story.root)
  const ignorable = new Set(
    Object.values(story.root.attributes)
      .find(({ local }) => local === 'Ignorable')
      ?.value.split(/\s+/) ?? [],
  )
  const isOut = (name: string, uri: string) => {
    if (!addition.test(uri) || neededAddition.test(uri)) return false
    const prefix = prefixOf(name)
    return declared.get(prefix) !== uri || !ignorable.has(prefix)
  }
  const attribute: Adoption['attribute'] = (name, { local, uri, value }) => {
    if (isOut(name, uri) || /^rsid/.test(local) || (local === 'paraId' && uri !== '')) return ''
    const written = relationshipNamespace.test(uri) && uri !== xmlns ? relationship(value) : within(local, value)
    return ` ${name}="${escapeAttribute(written)}"`
  }
  const write = (element: XmlElement, missing: ReadonlyMap<string, string>): string => {
    if (isOut(element.name, element.uri)) return ''
    const attributes = Object.entries(element.attributes).map(([name, value]) => attribute(name, value))
    const more = [...missing].map(([prefix, uri]) => ` xmlns:${prefix}="${escapeAttribute(uri)}"`)
    const inside = element.children.map((child) => (child.is === 'text' ? escapeText(child.text) : write(child, none)))
    const open = `<${element.name}${[...more, ...attributes].join('')}`
    return inside.length === 0 ? `${open}/>` : `${open}>${inside.join('')}</${element.name}>`
  }
  return { attribute, element: (element) => write(element, missingIn(element, declared)) }
}

/** Programs read names of changes as numbers of 31 bits. */
const within = (local: string, value: string): string =>
  local === 'id' && /^\d{10,15}$/.test(value) ? String(Number(value) % 0x7fffffff) : value

const none: ReadonlyMap<string, string> = new Map()
const prefixOf = (name: string): string => (name.includes(':') ? name.slice(0, name.indexOf(':')) : '')

function declaredIn({ attributes }: XmlElement): Map<string, string> {
  const found = Object.values(attributes).filter(({ uri }) => uri === xmlns)
  return new Map(found.map(({ local, value }) => [local === 'xmlns' ? '' : local, value]))
}

/** The prefixes that an element uses and neither it nor the story declares. */
function missingIn(element: XmlElement, declared: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const missing = new Map<string, string>()
  const look = (one: XmlElement, known: ReadonlyMap<string, string>) => {
    const here = new Map([...known, ...declaredIn(one)])
    const used = [
      [one.name, one.uri] as const,
      ...Object.entries(one.attributes).map(([name, { uri }]) => [name, uri] as const),
    ]
    for (const [name, uri] of used) {
      const prefix = prefixOf(name)
      const isPlain = uri === '' || uri === xmlns || prefix === 'xml' || prefix === ''
      if (!isPlain && here.get(prefix) !== uri) missing.set(prefix, uri)
    }
    for (const child of one.children) if (child.is === 'element') look(child, here)
  }
  look(element, declared)
  return missing
}
