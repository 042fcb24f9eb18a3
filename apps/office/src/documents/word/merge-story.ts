import { allElements, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { adoption } from './adopt.ts'
import { alignParagraphs, paragraphKey } from './aligned-paragraph.ts'
import { mergeStructure } from './merge-blocks.ts'
import type { Sides } from './merge-element.ts'
import type { Story } from './story.ts'

/**
 * A story with the changes made to it that lead from `before` to `after`, which are what the editor makes of it. Paragraphs
 * that nobody has changed keep every byte. Throws `DocumentError` where a change cannot be made without losing something.
 */
export function mergeStory(stories: Sides<Story>, relationship: (id: string) => string): string {
  const { file, before, after } = stories
  if (before.form(before.root) === after.form(after.root)) return file.source
  const merging = { stories, adopt: adoption(file, relationship) }
  const paragraphs = alignParagraphs(merging, { file: paragraphsOf(file), before: paragraphsOf(before) })
  const [ours, old, now] = [file, before, after].map(bodyOf)
  if (!ours || !old || !now) return file.source
  const merged = mergeStructure({ ...merging, paragraphs, spent: new Set() }, { file: ours, before: old, after: now })
  return file.source.slice(0, ours.start) + merged + file.source.slice(ours.end)
}

/** What holds the blocks: the body of a document; a header is one itself. */
const bodyOf = ({ root }: Story): XmlElement => elementsOf(root).find(({ local }) => local === 'body') ?? root

function paragraphsOf({ root }: Story): ReadonlyMap<string, XmlElement> {
  const found = new Map<string, XmlElement>()
  for (const element of allElements(root)) {
    const key = element.local === 'p' ? paragraphKey(element) : undefined
    if (key !== undefined && !found.has(key)) found.set(key, element)
  }
  return found
}
