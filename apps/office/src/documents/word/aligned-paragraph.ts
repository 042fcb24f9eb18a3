import { attributeOf, childOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { counterparts } from './align.ts'
import { type Atom, flatten, type Item } from './flatten.ts'
import type { Merging, Sides } from './merge-element.ts'

/** The name that a paragraph keeps through all edits. `undefined`: the editor has given it none. */
export const paragraphKey = (paragraph: XmlElement): string | undefined => attributeOf(paragraph, 'paraId')

/** A paragraph of the file beside what the editor makes of it when nothing is changed. */
export interface AlignedParagraph {
  readonly file: XmlElement
  readonly before: XmlElement
  readonly items: readonly Item[]
  readonly atoms: readonly Atom[]
  /** For each of `atoms`, which of `items` it shows; `undefined` where it shows nothing that the file has. */
  readonly places: readonly (number | undefined)[]
}

/** All paragraphs of a story that the file and the editor both have. */
export interface Paragraphs {
  find(key: string | undefined): AlignedParagraph | undefined
  all(): Iterable<AlignedParagraph>
}

/** Aligns paragraphs when they are asked for. */
export function alignParagraphs(
  merging: Merging,
  { file, before }: Pick<Sides<ReadonlyMap<string, XmlElement>>, 'file' | 'before'>,
): Paragraphs {
  const done = new Map<string, AlignedParagraph>()
  const find = (key: string | undefined): AlignedParagraph | undefined => {
    const known = done.get(key ?? '')
    const [ours, theirs] = [file.get(key ?? ''), before.get(key ?? '')]
    if (known || key === undefined || !ours || !theirs) return known
    const made = align(merging, ours, theirs)
    done.set(key, made)
    return made
  }
  return {
    find,
    *all() {
      for (const key of file.keys()) {
        const found = find(key)
        if (found) yield found
      }
    },
  }
}

function align({ stories }: Merging, file: XmlElement, before: XmlElement): AlignedParagraph {
  const items = flatten(stories.file, file)
  const atoms = flatten(stories.before, before).filter((item) => item.is === 'atom')
  const shown = items.flatMap((item, index) => (item.is === 'atom' ? [{ index, token: item.token }] : []))
  const found = counterparts(
    atoms.map(({ token }) => token),
    shown.map(({ token }) => token),
  )
  return {
    file,
    before,
    items,
    atoms,
    places: found.map((place) => (place === undefined ? place : shown[place]?.index)),
  }
}

/** The properties of a run. */
export const runProperties = (run: XmlElement | undefined): XmlElement | undefined => run && childOf(run, 'rPr')
