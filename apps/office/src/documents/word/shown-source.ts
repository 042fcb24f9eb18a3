import { type Splice, splice } from '../package/xml/splice.ts'
import { allElements, attributeOf, parseXml, type XmlElement } from '../package/xml/xml-tree.ts'

/**
 * A story as an editor is given it. What editors leave out together with the words in it is taken off: tags around words,
 * and the codes of fields that reach over several paragraphs, such as a table of contents. The file keeps them.
 */
export function shownSource(source: string): string {
  const elements = [...allElements(parseXml(source))]
  const taken = new Set([
    ...elements.filter(({ local }) => /^(smartTag|customXml)Pr$/.test(local)),
    ...longFields(elements),
  ])
  const tags = elements.filter(({ local, contentEnd, end }) => /^(smartTag|customXml)$/.test(local) && contentEnd < end)
  const cut = (start: number, end: number): Splice => ({ start, end, text: '' })
  return splice(source, [
    ...[...taken].map(({ start, end }) => cut(start, end)),
    ...tags.flatMap(({ start, contentStart, contentEnd, end }) => [cut(start, contentStart), cut(contentEnd, end)]),
  ])
}

interface Field {
  readonly paragraph: XmlElement | undefined
  readonly parts: XmlElement[]
}

/** The marks and the codes of fields that begin in one paragraph and end in another. */
function longFields(elements: readonly XmlElement[]): readonly XmlElement[] {
  const open: Field[] = []
  const found: XmlElement[] = []
  let paragraph: XmlElement | undefined
  for (const element of elements) {
    if (element.local === 'p') paragraph = element
    if (element.local === 'instrText') open.at(-1)?.parts.push(element)
    const kind = element.local === 'fldChar' ? attributeOf(element, 'fldCharType') : undefined
    if (kind === 'begin') open.push({ paragraph, parts: [element] })
    if (kind === 'separate') open.at(-1)?.parts.push(element)
    const field = kind === 'end' ? open.pop() : undefined
    if (field && field.paragraph !== paragraph) found.push(...field.parts, element)
  }
  return found
}
