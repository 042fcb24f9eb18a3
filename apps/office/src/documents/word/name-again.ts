import { splice } from '../package/xml/splice.ts'
import { attributeOf, elementsOf, parseXml, type XmlElement } from '../package/xml/xml-tree.ts'
import { paragraphKey } from './aligned-paragraph.ts'

/**
 * What an editor writes, with the names of paragraphs that it has let go of because something is anchored there: they are
 * known by the numbers of what hangs on them. `file`: where they have names.
 */
export function nameAgain(source: string, file: XmlElement): string {
  const nameless = namelessIn(parseXml(source))
  if (nameless.size === 0) return source
  const names = namesByAnchor(file)
  const given = new Set<string>()
  return splice(
    source,
    [...nameless].flatMap(([paragraph, ids]) => {
      const [name, ...others] = new Set(ids.map((id) => names.get(id)))
      const at = paragraph.start + 1 + paragraph.name.length
      // Two paragraphs that were made one have no name, nor has a copy.
      if (name === undefined || others.length > 0 || given.has(name) || source.includes(`paraId="${name}"`)) return []
      given.add(name)
      return { start: at, end: at, text: ` paraId="${name}"` }
    }),
  )
}

/** Paragraphs without names, and the numbers of what hangs on them. */
function namelessIn(root: XmlElement): ReadonlyMap<XmlElement, readonly string[]> {
  const found = new Map<XmlElement, string[]>()
  for (const { paragraph, id } of anchorsIn(root)) {
    if (paragraphKey(paragraph) === undefined) found.set(paragraph, [...(found.get(paragraph) ?? []), id])
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
