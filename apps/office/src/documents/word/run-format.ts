import { runProperties } from './aligned-paragraph.ts'
import type { Atom, Container, Item } from './flatten.ts'
import { mergeElement } from './merge-element.ts'
import type { ParagraphMerging } from './merge-paragraphs.ts'

/** A thing of the file, and how the editor shows it. */
export interface Source {
  readonly item: Item
  readonly atom: Atom
}

/** Where a thing stands, as a text to be compared. */
export const pathForm = ({ path }: Atom): string => path.map(({ form }) => form).join('')

/** The properties of a run of the file, with those changed in which `now` differs from what the editor showed. */
export function mergeRunProperties(merging: ParagraphMerging, { item, atom }: Source, now: Atom): string {
  const [before, after] = [runProperties(atom.run), runProperties(now.run)]
  const empty = (like: typeof before) => like && { ...like, children: [], attributes: {} }
  return mergeElement(merging, {
    file: runProperties(item.run),
    before: before ?? empty(after),
    after: after ?? empty(before),
  })
}

/** Something that the editor formats as it formats `now`: beside it, or else anywhere; else whatever stands beside it. */
export function modelFor(merging: ParagraphMerging, now: Atom, near: readonly Source[]): Source | undefined {
  const { before, after } = merging.stories
  const like = after.form(runProperties(now.run))
  const lends = (atom: Atom) => isNumber(now) || !isNumber(atom)
  const isLike = (atom: Atom) => lends(atom) && before.form(runProperties(atom.run)) === like
  const lenders = near.filter(({ atom }) => lends(atom))
  return lenders.find(({ atom }) => isLike(atom)) ?? anywhere(merging, isLike) ?? lenders[0]
}

/** The number of a note has a style of its own, which is not for text. */
const isNumber = ({ piece }: Atom): boolean => /^(foot|end)noteReference$/.test(piece.local)

function anywhere({ paragraphs }: ParagraphMerging, isLike: (atom: Atom) => boolean): Source | undefined {
  for (const { atoms, items, places } of paragraphs.all()) {
    const index = atoms.findIndex(isLike)
    const [atom, item] = [atoms[index], items[places[index] ?? -1]]
    if (atom && item?.run) return { atom, item }
  }
  return undefined
}

/** A container of the editor, made to stand in the file. */
export function adoptContainer({ adopt }: ParagraphMerging, container: Container): Container {
  const { element, local } = container
  const isControl = local === 'sdt'
  const inside = element.children.filter((one) => isControl && one.is === 'element' && one.local !== 'sdtContent')
  const whole = adopt.element({ ...element, children: inside })
  const end = `</${element.name}>`
  const open = whole.endsWith(end) ? whole.slice(0, -end.length) : whole.replace(/\/>$/, '>')
  const [more, less] = isControl ? ['<w:sdtContent>', '</w:sdtContent>'] : ['', '']
  return { ...container, open: open + more, close: less + end }
}
