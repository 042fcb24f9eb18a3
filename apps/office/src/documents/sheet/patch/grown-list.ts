import { childOf, type Element } from '../read/elements.ts'
import { type Splice, withAttribute } from './splices.ts'

/** The lists in a part of styles, in the order that they stand in. */
const order = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs']

/** A list in a part of styles, to which elements can be added. */
export interface GrownList {
  /** The elements that are there. */
  readonly known: readonly Element[]
  /** The number of an element of this markup: of one that was added before, or of a new one. */
  add(markup: string): number
  readonly added: readonly string[]
}

/** A list of `root` that can grow. `least`: what such a list begins with where there is none. */
export function grownList(root: Element, name: string, least: readonly string[] = []): GrownList {
  const list = childOf(root, name)
  const known = list?.children ?? []
  const added: string[] = known.length === 0 ? [...least] : []
  const numbers = new Map<string, number>()
  return {
    known,
    added,
    add(markup) {
      const number = numbers.get(markup) ?? known.length + added.push(markup) - 1
      numbers.set(markup, number)
      return number
    },
  }
}

/** The splices that put what was added to a list at its end, and count it. */
export function growthSplices(
  xml: string,
  root: Element,
  [name, { added }]: readonly [string, GrownList],
): readonly Splice[] {
  const list = childOf(root, name)
  const { prefix } = root.open
  if (added.length === 0) return []
  if (!list) {
    const text = `<${prefix}${name} count="${added.length}">${added.join('')}</${prefix}${name}>`
    const before = order.slice(0, order.indexOf(name)).map((one) => childOf(root, one))
    const at = before.findLast((one) => one !== undefined)?.close.end ?? root.open.end
    return [{ from: at, to: at, text }]
  }
  const { open, close, children } = list
  const counted = withAttribute(xml.slice(open.start, open.end), 'count', String(children.length + added.length))
  if (open === close) {
    const text = `${counted.replace(/\s*\/>$/, '>')}${added.join('')}</${open.prefix}${name}>`
    return [{ from: open.start, to: open.end, text }]
  }
  return [
    { from: open.start, to: open.end, text: counted },
    { from: close.start, to: close.start, text: added.join('') },
  ]
}
