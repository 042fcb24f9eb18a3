import { childOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { stepsInside } from './align.ts'
import { type AlignedParagraph, type Paragraphs, runProperties } from './aligned-paragraph.ts'
import { type Atom, flatten, objectMark } from './flatten.ts'
import type { Merging } from './merge-element.ts'
import { ParagraphRow } from './paragraph-row.ts'
import { pathForm } from './run-format.ts'
import type { Story } from './story.ts'

/** What merging the paragraphs of a story stands on. */
export interface ParagraphMerging extends Merging {
  readonly paragraphs: Paragraphs
  /** Keys of paragraphs that have been written: a second one of the same key is a new one. */
  readonly spent: Set<string>
}

/** A place in the row of things that neighbouring paragraphs make. `atom` is absent at the end of a paragraph. */
export interface FromPlace {
  readonly paragraph: AlignedParagraph
  readonly index: number
  readonly atom?: Atom
}
/** A place in the row as it is to become. */
export interface ToPlace {
  readonly paragraph: XmlElement
  readonly atom?: Atom
}

const paragraphMark = `${objectMark}¶`
const tokenOf = ({ atom }: FromPlace | ToPlace): string => atom?.token ?? paragraphMark

/**
 * Merges neighbouring paragraphs: the changes that lead from `before` to `after` are made to the paragraphs of the file.
 * What the editor does not show stays beside what it stood beside.
 */
export function mergeParagraphs(
  merging: ParagraphMerging,
  before: readonly AlignedParagraph[],
  after: readonly XmlElement[],
): string {
  const from = before.flatMap((paragraph): FromPlace[] => [
    ...paragraph.atoms.map((atom, index) => ({ paragraph, atom, index })),
    { paragraph, index: paragraph.atoms.length },
  ])
  const to = after.flatMap((paragraph): ToPlace[] => [
    ...flatten(merging.stories.after, paragraph)
      .filter((item) => item.is === 'atom')
      .map((atom) => ({ paragraph, atom })),
    { paragraph },
  ])
  const row = new ParagraphRow(merging, from)
  const steps = stepsInside(lookedAt(from, merging.stories.before), lookedAt(to, merging.stories.after))
  for (const step of steps) {
    const [old, now] = ['from' in step ? from[step.from] : undefined, 'to' in step ? to[step.to] : undefined]
    if (step.is === 'kept' && old && now) row.keep(old, now)
    if (step.is === 'gone' && old) row.drop(old)
    if (step.is === 'new' && now) row.add(now)
  }
  return row.end()
}

const lookedAt = (row: readonly (FromPlace | ToPlace)[], { form }: Story) => ({
  loosely: row.map(tokenOf),
  exactly: row.map((place) =>
    place.atom
      ? `${place.atom.token} ${form(runProperties(place.atom.run))} ${pathForm(place.atom)}`
      : `${paragraphMark} ${form(childOf(elementOf(place), 'pPr'))}`,
  ),
})
const elementOf = ({ paragraph }: FromPlace | ToPlace): XmlElement =>
  'before' in paragraph ? paragraph.before : paragraph
