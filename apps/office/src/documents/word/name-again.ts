import { type Splice, splice } from '../package/xml/splice.ts'
import { allElements, attributeOf, elementsOf, parseXml, type XmlElement } from '../package/xml/xml-tree.ts'
import { paragraphKey } from './aligned-paragraph.ts'

/** What an editor has let go of, and what tells it. */
export interface Known {
  /** Where paragraphs have names. */
  readonly file: XmlElement
  /** What the editor writes when nothing is changed: a paragraph that has its name there keeps it. */
  readonly before: string
}

/**
 * What an editor writes, with the names of paragraphs that it has let go of because something is anchored there: they have
 * none, or a new one, and are known by the numbers of what hangs on them.
 */
export function nameAgain(source: string, { file, before }: Known): string {
  const names = namesByAnchor(file)
  const nameless = namelessIn(parseXml(source), new Set([...allElements(file)].map(paragraphKey)))
  const given = new Set<string>()
  return splice(
    source,
    [...nameless].flatMap(([paragraph, ids]) => {
      const [name, ...others] = new Set(ids.map((id) => names.get(id)))
      // Two paragraphs that were made one have no name, nor has a copy.
      if (name === undefined || others.length > 0 || given.has(name)) return []
      if ([before, source].some((text) => text.includes(`paraId="${name}"`))) return []
      given.add(name)
      return [nameOf(source, paragraph, name)]
    }),
  )
}

/** Gives a paragraph a name, in the place of one that it may have. */
function nameOf(source: string, { start, name: tag, contentStart }: XmlElement, name: string): Splice {
  const at = start + 1 + tag.length
  const old = /\s(?:[\w.-]+:)?paraId\s*=\s*(?:"[^"]*"|'[^']*')/.exec(source.slice(at, contentStart))
  const from = at + (old?.index ?? 0)
  return { start: from, end: from + (old?.[0].length ?? 0), text: ` paraId="${name}"` }
}

/** Paragraphs that have none of the names of the file, and the numbers of what hangs on them. */
function namelessIn(
  root: XmlElement,
  names: ReadonlySet<string | undefined>,
): ReadonlyMap<XmlElement, readonly string[]> {
  const found = new Map<XmlElement, string[]>()
  for (const { paragraph, id } of anchorsIn(root)) {
    const key = paragraphKey(paragraph)
    if (key === undefined || !names.has(key)) found.set(paragraph, [...(found.get(paragraph) ?? []), id])
  }
  return found
}

interface Anchor {
  readonly paragraph: XmlElement
  readonly id: string
}

/** Numbers of drawings, each with the paragraph that it hangs on. */
function* anchorsIn(element: XmlElement, paragraph?: XmlElement): Generator<Anchor> {
  const around = element.local === 'p' ? element : paragraph
  const id = element.local === 'docPr' ? attributeOf(element, 'id') : undefined
  if (around && id !== undefined) yield { paragraph: around, id }
  for (const child of elementsOf(element)) yield* anchorsIn(child, around)
}

/** A number that two paragraphs have names nothing. */
function namesByAnchor(file: XmlElement): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const twice = new Set<string>()
  for (const { paragraph, id } of anchorsIn(file)) {
    const name = paragraphKey(paragraph)
    if (name === undefined || (names.get(id) ?? name) !== name) twice.add(id)
    else names.set(id, name)
  }
  for (const id of twice) names.delete(id)
  return names
}
