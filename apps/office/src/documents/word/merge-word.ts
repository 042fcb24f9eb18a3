import { comparePackages, type Difference } from '../package/compare-packages.ts'
import { DocumentError } from '../package/document-error.ts'
import type { Package } from '../package/package.ts'
import { patchPackage } from '../package/patch-package.ts'
import { decodeXml, encodeXml } from '../package/xml/xml-text.ts'
import type { Sides } from './merge-element.ts'
import { mergeStory } from './merge-story.ts'
import { type NewParts, newParts } from './new-parts.ts'
import { storyOf, type WordPackage } from './word-package.ts'

/**
 * The document with the changes made in an editor. `before` and `after` are what the editor writes when nothing is
 * changed, and now: only what differs between the two is changed in the file, whatever else the editor loses or adds.
 * Throws `DocumentError` where a change cannot be saved without losing something.
 */
export function mergeWord(word: WordPackage, { before, after }: { before: Package; after: Package }): Uint8Array {
  const parts = newParts(word.file, after)
  const changes = new Map<string, Uint8Array>()
  for (const [name, named] of word.stories) {
    const merged = mergePart(name, { file: word.named, before, after }, parts)
    if (merged !== named.source) changes.set(name, encodeXml(named.restore(merged), decodeXml(word.file.read(name))))
  }
  for (const difference of comparePackages(before, after)) refuseUnknown(difference, word)
  return patchPackage(word.file, new Map([...changes, ...parts.changes()]))
}

function mergePart(name: string, { file, before, after }: Sides<Package>, parts: NewParts): string {
  const stories = { file: storyOf(file, name), before: storyOf(before, name), after: storyOf(after, name) }
  return mergeStory(stories, (id) => parts.relationship(name, id))
}

/** Parts that follow from changes elsewhere, or say nothing about the document. */
const follows = /(^|\/)(_rels\/|docProps\/|\[Content_Types\]\.xml$)|\/media\/|\/$/

function refuseUnknown({ name, is }: Difference, { stories }: WordPackage): void {
  if (stories.has(name) || follows.test(name)) return
  const what = name.slice(name.lastIndexOf('/') + 1)
  if (is !== 'added')
    throw new DocumentError('would-lose', `This cannot be saved: the change to “${what}” cannot be kept.`)
}
