import { childOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { type AlignedParagraph, paragraphKey } from './aligned-paragraph.ts'
import { mergeElement } from './merge-element.ts'
import type { ParagraphMerging } from './merge-paragraphs.ts'

/** What a paragraph has around its content. */
export interface ParagraphShell {
  readonly open: string
  readonly properties: string
  readonly close: string
}

/** The shell of a paragraph as it is now: its own where the file has it, else one like its neighbour's. */
export function shellOf(
  merging: ParagraphMerging,
  now: XmlElement,
  near: AlignedParagraph | undefined,
): ParagraphShell {
  const { stories, paragraphs, spent } = merging
  const key = paragraphKey(now)
  const known = key !== undefined && !spent.has(key) ? paragraphs.find(key) : undefined
  const after = childOf(now, 'pPr')
  if (!known || key === undefined) {
    return { open: '<w:p>', properties: newProperties(merging, after, near), close: '</w:p>' }
  }
  spent.add(key)
  const { file, before } = known
  const open = stories.file.source.slice(file.start, file.contentStart).replace(/\s*\/>$/, '>')
  const old = childOf(before, 'pPr')
  const properties = mergeElement(merging, {
    file: childOf(file, 'pPr'),
    before: old ?? emptyLike(after),
    after: after ?? emptyLike(old),
  })
  return { open, properties, close: `</${file.name}>` }
}

/** A new paragraph is formatted like one that the editor formats in the same way, or else like its neighbour. */
function newProperties(
  merging: ParagraphMerging,
  now: XmlElement | undefined,
  near: AlignedParagraph | undefined,
): string {
  const { stories, paragraphs } = merging
  const after = now && lendable(now)
  const like = stories.after.form(after)
  const isLike = ({ before }: AlignedParagraph) => stories.before.form(lendableIn(before)) === like
  const model = near && isLike(near) ? near : ([...paragraphs.all()].find(isLike) ?? near)
  const before = model && lendableIn(model.before)
  return mergeElement(merging, {
    file: model && lendableIn(model.file),
    before: before ?? emptyLike(after),
    after: after ?? emptyLike(before),
  })
}

const emptyLike = (like: XmlElement | undefined): XmlElement | undefined =>
  like && { ...like, children: [], attributes: {} }

/** The end of a section, and the change that made a paragraph, belong to one paragraph alone. */
const lendable = (properties: XmlElement): XmlElement => ({
  ...properties,
  children: properties.children.filter((one) => one.is === 'text' || !['sectPr', 'pPrChange'].includes(one.local)),
})

function lendableIn(paragraph: XmlElement): XmlElement | undefined {
  const properties = childOf(paragraph, 'pPr')
  return properties && lendable(properties)
}
