import { escapeAttribute } from '../package/xml/escape-xml.ts'
import { splice } from '../package/xml/splice.ts'
import { allElements, parseXml, type XmlElement } from '../package/xml/xml-tree.ts'

/** A part in which every paragraph has a name of its own, and the way back. */
export interface Named {
  readonly source: string
  /** Takes the names out again that were put in. */
  restore(source: string): string
}

const namespace = 'http://schemas.microsoft.com/office/word/2010/wordml'
/** Names are below this, as Word wants them. */
const endOfNames = 0x80000000

/** Names every paragraph, so that it can be found again after it was edited. `start`: where names are taken from. */
export function nameParagraphs(source: string, start: number): Named {
  const root = parseXml(source)
  const paragraphs = [...allElements(root)].filter(({ local }) => local === 'p')
  const taken = new Set(paragraphs.flatMap((paragraph) => nameOf(paragraph)?.value.toUpperCase() ?? []))
  const seen = new Set<string>()
  const given = new Map<string, string>()
  let next = start
  const free = (): string => {
    let name = ''
    do name = hex(next++ % endOfNames)
    while (taken.has(name))
    return name
  }
  const prefix = prefixIn(root) ?? 'w14'
  const changes = paragraphs.flatMap((paragraph) => {
    const own = nameOf(paragraph)
    if (own && !seen.has(own.value)) {
      seen.add(own.value)
      return []
    }
    const name = free()
    const written = ` ${prefix}:paraId="${name}"`
    const at = paragraph.start + 1 + paragraph.name.length
    const before = own ? rawAttribute(source, paragraph, own.name) : undefined
    given.set(written, before?.text ?? '')
    return before ? [{ ...before, text: written }] : [{ start: at, end: at, text: written }]
  })
  const declaration = prefixIn(root) === undefined ? ` xmlns:${prefix}="${escapeAttribute(namespace)}"` : ''
  const at = root.start + 1 + root.name.length
  const named = splice(source, [{ start: at, end: at, text: declaration }, ...changes])
  return {
    source: named,
    restore(edited) {
      const plain = edited.replace(/ [\w.-]+:paraId="[0-9A-F]{8}"/g, (written) => given.get(written) ?? written)
      return declaration === '' ? plain : plain.replace(declaration, '')
    },
  }
}

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(8, '0')

function nameOf({ attributes }: XmlElement): { readonly name: string; readonly value: string } | undefined {
  const found = Object.entries(attributes).find(([, { local, uri }]) => local === 'paraId' && uri === namespace)
  return found && { name: found[0], value: found[1].value }
}

/** The prefix under which the root knows the namespace of names. */
const prefixIn = ({ attributes }: XmlElement): string | undefined =>
  Object.values(attributes).find(({ value, local }) => value === namespace && local !== 'xmlns')?.local

function rawAttribute(source: string, { start, contentStart }: XmlElement, name: string) {
  const tag = source.slice(start, contentStart)
  const match = new RegExp(`\\s${name.replace(/[.]/g, '\\$&')}\\s*=\\s*("[^"]*"|'[^']*')`).exec(tag)
  return match && { start: start + match.index, end: start + match.index + match[0].length, text: match[0] }
}
