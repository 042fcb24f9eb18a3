import { escapeAttribute } from '../package/xml/escape-xml.ts'
import { elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Adoption } from './adopt.ts'
import { propertyOrder } from './property-order.ts'
import type { Story } from './story.ts'

/** The file as it is, and what the editor made of it before and after it was changed. */
export interface Sides<T> {
  readonly file: T
  readonly before: T
  readonly after: T
}

/** What merging stands on. */
export interface Merging {
  readonly stories: Sides<Story>
  readonly adopt: Adoption
}

/** One element on the three sides; `undefined` where a side has none. */
export type Three = Sides<XmlElement | undefined>

/** Elements whose attributes are each a property of its own. */
const attributewise = new Set(['spacing', 'ind', 'rFonts', 'lang'])
/** Lists, whose entries have no names to tell them apart by. */
const wholesale = new Set(['tabs', 'tblGrid', 'cols', 'graphic', 'pict', 'object', 'sdtPr'])
/** Sets of properties, which may be missing on one side and are then as if empty. */
const sets = new Set(['pPr', 'rPr', 'tblPr', 'trPr', 'tcPr', 'sectPr'])

/**
 * The file's element with that changed which the editor was used to change, and nothing else: what the editor has never
 * understood, or has written in other words, stays as it is in the file.
 */
export function mergeElement(merging: Merging, three: Three): string {
  const { stories, adopt } = merging
  const { file, before, after } = three
  const kept = file ? stories.file.raw(file) : ''
  if (stories.before.form(before) === stories.after.form(after)) return kept
  const local = (after ?? before)?.local ?? ''
  if (sets.has(local)) return mergeSet(merging, three, local)
  if (!after) return ''
  if (!file && before && attributewise.has(local)) return changedAttributes(merging, after, before)
  if (!file || !before || wholesale.has(local) || hasText(after)) return adopt.element(after)
  return written(file.name, attributesOf(merging, { file, before, after }), childrenOf(merging, three))
}

/** Merges a set of properties; empty where nothing is left in it. */
function mergeSet(merging: Merging, three: Three, local: string): string {
  const { file, after, before } = three
  const inside = childrenOf(merging, three)
  const name = file?.name ?? after?.name ?? before?.name ?? `w:${local}`
  const attributes =
    file && after ? attributesOf(merging, { file, before: before ?? after, after }) : attributesOf(merging, { file })
  return inside === '' && attributes === '' ? '' : written(name, attributes, inside)
}

const hasText = ({ children }: XmlElement): boolean =>
  children.some((child) => child.is === 'text' && child.text.trim())

const written = (name: string, attributes: string, inside: string): string =>
  inside === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inside}</${name}>`

function attributesOf({ adopt }: Merging, { file, before, after }: Partial<Sides<XmlElement | undefined>>): string {
  const result = new Map(
    Object.entries(file?.attributes ?? {}).map(([name, { value }]) => [name, ` ${name}="${escapeAttribute(value)}"`]),
  )
  for (const name of new Set([...Object.keys(before?.attributes ?? {}), ...Object.keys(after?.attributes ?? {})])) {
    const [old, now] = [before?.attributes[name], after?.attributes[name]]
    if (old?.value === now?.value || /rsid|xmlns/.test(name)) continue
    if (now) result.set(name, adopt.attribute(name, now))
    else result.delete(name)
  }
  return [...result.values()].join('')
}

function changedAttributes({ adopt }: Merging, after: XmlElement, before: XmlElement): string {
  const changed = Object.entries(after.attributes).filter(
    ([name, { value }]) => before.attributes[name]?.value !== value,
  )
  const attributes = changed.map(([name, value]) => adopt.attribute(name, value)).join('')
  return attributes === '' ? '' : `<${after.name}${attributes}/>`
}

interface Piece {
  readonly local: string
  readonly text: string
}

/** Merges children by their names, and by their turn among those of one name. */
function childrenOf(merging: Merging, { file, before, after }: Three): string {
  const sides = { file: byName(file), before: byName(before), after: byName(after) }
  const merged = (local: string, index: number) =>
    mergeElement(merging, {
      file: sides.file.get(local)?.[index],
      before: sides.before.get(local)?.[index],
      after: sides.after.get(local)?.[index],
    })
  const pieces: Piece[] = []
  for (const [local, all] of sides.file) {
    for (const index of all.keys()) pieces.push({ local, text: merged(local, index) })
  }
  const inFileOrder = file ? elementsOf(file).map(({ local }) => takeFirst(pieces, local)) : []
  for (const [local, all] of sides.after) {
    for (let index = sides.file.get(local)?.length ?? 0; index < all.length; index++) {
      insert(inFileOrder, { local, text: merged(local, index) }, { parent: (after ?? file)?.local ?? '', after })
    }
  }
  return inFileOrder.map(({ text }) => text).join('')
}

function takeFirst(pieces: Piece[], local: string): Piece {
  const index = pieces.findIndex((piece) => piece.local === local)
  return pieces.splice(index, 1)[0] ?? { local, text: '' }
}

/** Puts a new child where the format wants it, or else behind the one that it follows in the editor's own order. */
function insert(
  pieces: Piece[],
  piece: Piece,
  { parent, after }: { parent: string; after: XmlElement | undefined },
): void {
  const order = propertyOrder[parent] ?? (after ? elementsOf(after).map(({ local }) => local) : [])
  const rank = order.indexOf(piece.local)
  const next = pieces.findIndex(({ local }) => order.indexOf(local) > rank)
  pieces.splice(next < 0 || rank < 0 ? pieces.length : next, 0, piece)
}

function byName(parent: XmlElement | undefined): ReadonlyMap<string, readonly XmlElement[]> {
  const found = new Map<string, XmlElement[]>()
  for (const child of parent ? elementsOf(parent) : []) {
    const same = found.get(child.local)
    if (same) same.push(child)
    else found.set(child.local, [child])
  }
  return found
}
