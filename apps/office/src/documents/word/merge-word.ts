import { comparePackages, type Difference } from '../package/compare-packages.ts'
import { DocumentError } from '../package/document-error.ts'
import type { Package } from '../package/package.ts'
import { patchPackage } from '../package/patch-package.ts'
import { mainPart, relationshipsOf } from '../package/relationships.ts'
import { decodeXml, encodeXml } from '../package/xml/xml-text.ts'
import { allElements, attributeOf, parseXml, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Sides } from './merge-element.ts'
import { mergeListed, mergeSettings } from './merge-listed.ts'
import { mergeStory } from './merge-story.ts'
import { nameAgain } from './name-again.ts'
import { type NewParts, newParts } from './new-parts.ts'
import type { Story } from './story.ts'
import { storyOf, type WordPackage } from './word-package.ts'

/**
 * The document with the changes made in an editor. `before` and `after` are what the editor writes when nothing is
 * changed, and now: only what differs between the two is changed in the file, whatever else the editor loses or adds.
 * Throws `DocumentError` where a change cannot be saved without losing something.
 */
export function mergeWord(word: WordPackage, { before, after }: { before: Package; after: Package }): Uint8Array {
  const parts = newParts(word.file, after)
  const changes = new Map<string, Uint8Array>()
  const gone = new Set<string>()
  for (const [name, named] of word.stories) {
    const relationship = (id: string) => parts.relationship(name, id)
    const merged = mergeStory(storiesOf(name, { file: word.named, before, after }), relationship)
    for (const id of withoutReferences(named.source, merged)) gone.add(id)
    if (merged !== named.source) changes.set(name, encodeXml(named.restore(merged), decodeXml(word.file.read(name))))
  }
  for (const difference of comparePackages(before, after)) {
    if (word.stories.has(difference.name) || follows.test(difference.name)) continue
    const merged = mergeOther(difference, { file: word.file, before, after }, { parts, gone })
    if (merged !== undefined)
      changes.set(difference.name, encodeXml(merged, decodeXml(word.file.read(difference.name))))
  }
  return patchPackage(word.file, new Map([...changes, ...parts.changes()]))
}

function storiesOf(name: string, { file, before, after }: Sides<Package>): Sides<Story> {
  const ours = storyOf(file, name)
  const unchanged = before.has(name) ? decodeXml(before.read(name)).text : ''
  const named = (source: string) => nameAgain(source, { file: ours.root, before: unchanged })
  return { file: ours, before: storyOf(before, name, named), after: storyOf(after, name, named) }
}

/** Parts that follow from changes elsewhere, or say nothing about the document. */
const follows = /(^|\/)(_rels\/|docProps\/|\[Content_Types\]\.xml$)|\/media\/|\/$/
/** What programs of later years note about comments, by names that an editor draws anew each time. */
const aboutComments = /\/comments(Extended|Ids|Extensible)\.xml$/
const listed = /\/(comments|numbering|styles)\.xml$/
const settings = /\/settings\.xml$/

/** What is known once all running text is merged. */
interface Merged {
  readonly parts: NewParts
  /** Comments that were taken out of it. */
  readonly gone: ReadonlySet<string>
}

/** The comments that one source points to and another one does not. */
function withoutReferences(before: string, after: string): readonly string[] {
  if (before === after) return []
  const [one, other] = [before, after].map(
    (source) =>
      new Set(
        [...allElements(parseXml(source))].flatMap((element) =>
          element.local === 'commentReference' ? (attributeOf(element, 'id') ?? []) : [],
        ),
      ),
  )
  return [...(one ?? [])].filter((id) => !other?.has(id))
}

/** The new source of a part that holds no running text. `undefined`: it stays as it is. */
function mergeOther({ name, is }: Difference, packages: Sides<Package>, { parts, gone }: Merged): string | undefined {
  const { file, before, after } = packages
  if (is === 'added') return addPart(name, packages, parts)
  if (is === 'removed') throw unkept(name)
  if (before.has(name) && !file.has(name)) return undefined
  const stories = storiesOf(name, { file, before, after })
  if (stories.before.form(stories.before.root) === stories.after.form(stories.after.root)) return undefined
  const relationship = (id: string) => parts.relationship(name, id)
  // A comment that stands at a place, and not at a passage, is one that the editor lets go of by itself.
  const isNeeded = (entry: XmlElement) => entry.local === 'comment' && !gone.has(attributeOf(entry, 'id') ?? '')
  if (listed.test(name)) return mergeListed(stories, relationship, isNeeded)
  if (settings.test(name)) return mergeSettings(stories, relationship)
  if (aboutComments.test(name) && marksOf(stories.before) === marksOf(stories.after)) return undefined
  throw unkept(name)
}

/** What of those notes a person has said: which comments are done, and which answer another. */
const marksOf = ({ root }: Story): string =>
  [...allElements(root)]
    .filter((element) => attributeOf(element, 'done') === '1' || attributeOf(element, 'paraIdParent') !== undefined)
    .map((element) => `${attributeOf(element, 'done')} ${attributeOf(element, 'paraIdParent') !== undefined}`)
    .join()

/** A part that the file has none of its kind of comes along as a whole. */
function addPart(name: string, { file, after }: Sides<Package>, parts: NewParts): undefined {
  if (file.has(name)) throw unkept(name)
  const main = mainPart(after)
  const found = relationshipsOf(after, main).find(({ part }) => part === name)
  if (!found) throw unkept(name)
  parts.relationship(main, found.id)
  return undefined
}

const unkept = (name: string): DocumentError =>
  new DocumentError(
    'would-lose',
    `This cannot be saved: the change to “${name.slice(name.lastIndexOf('/') + 1)}” cannot be kept.`,
  )
