import { attributeOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { adoption } from './adopt.ts'
import { mergeElement, type Sides } from './merge-element.ts'
import type { Story } from './story.ts'

/** The attribute by which the entries of a list are known. */
const keys: Readonly<Record<string, string>> = {
  comment: 'id',
  abstractNum: 'abstractNumId',
  num: 'numId',
  style: 'styleId',
}

/**
 * A part that is a list of entries with names, such as comments, with the entries changed that differ between `before` and
 * `after`. `undefined`: the part holds something else, and differs there. `isNeeded`: whether an entry that the editor has
 * left out stays, for something in the document still asks for it.
 */
export function mergeListed(
  stories: Sides<Story>,
  relationship: (id: string) => string,
  isNeeded: (entry: XmlElement) => boolean,
): string | undefined {
  const { file, before, after } = stories
  const adopt = adoption(file, relationship)
  const [ours, old, now] = [file, before, after].map(({ root }) => entriesOf(root))
  if (!ours || !old || !now) return undefined
  const edits: { start: number; end: number; text: string }[] = []
  for (const [key, element] of now) {
    if (before.form(old.get(key)) === after.form(element)) continue
    const own = ours.get(key)
    if (own) edits.push({ start: own.start, end: own.end, text: adopt.element(element) })
    else
      edits.push({
        start: placeFor(file.root, element),
        end: placeFor(file.root, element),
        text: adopt.element(element),
      })
  }
  for (const key of old.keys()) {
    const own = now.has(key) ? undefined : ours.get(key)
    if (own && !isNeeded(own)) edits.push({ start: own.start, end: own.end, text: '' })
  }
  return applied(file, edits)
}

/** The entries of a list by their names. `undefined`: there is something else among them. */
function entriesOf(root: XmlElement): ReadonlyMap<string, XmlElement> | undefined {
  const found = new Map<string, XmlElement>()
  for (const element of elementsOf(root)) {
    const key = keys[element.local]
    const name = key && attributeOf(element, key)
    if (name === undefined) continue
    found.set(`${element.local} ${name}`, element)
  }
  return found
}

/** Behind the last entry of its kind, or at the end. */
function placeFor(root: XmlElement, { local }: XmlElement): number {
  const last = elementsOf(root).findLast((element) => element.local === local)
  if (last) return last.end
  // Definitions of lists come before the lists.
  const first = local === 'abstractNum' ? elementsOf(root)[0] : undefined
  return first?.start ?? root.contentEnd
}

function applied({ source, root }: Story, edits: readonly { start: number; end: number; text: string }[]): string {
  if (root.contentEnd === root.end && edits.length > 0) {
    const open = source.slice(root.start, root.end).replace(/\s*\/>$/, '>')
    const inside = edits.map(({ text }) => text).join('')
    return `${source.slice(0, root.start)}${open}${inside}</${root.name}>${source.slice(root.end)}`
  }
  return [...edits]
    .sort((one, other) => other.start - one.start || other.end - one.end)
    .reduce((text, { start, end, text: instead }) => text.slice(0, start) + instead + text.slice(end), source)
}

/** A part that is a set of settings, each known by its name, with those changed that differ. */
export function mergeSettings(stories: Sides<Story>, relationship: (id: string) => string): string {
  const { file, before, after } = stories
  const adopt = adoption(file, relationship)
  const three = { file: file.root, before: before.root, after: after.root }
  return (
    file.source.slice(0, file.root.start) + mergeElement({ stories, adopt }, three) + file.source.slice(file.root.end)
  )
}
