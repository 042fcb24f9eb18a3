import type { XmlElement, XmlNode } from './xml-tree.ts'

/** What counts as a difference. */
export interface Comparison {
  /** Whether an element, an attribute or a run of text says nothing, and is passed over. */
  readonly isNoise?: (thing: { readonly element?: XmlElement; readonly attribute?: string }) => boolean
  /** Keeps the white space between elements. */
  readonly keepsSpace?: boolean
}

/**
 * Where two elements first differ, as a path such as `w:body/w:p[3]/w:r[1]`; the prefixes, the order of attributes and
 * white space between elements make no difference. `undefined`: they say the same.
 */
export function xmlDifference(one: XmlElement, other: XmlElement, how: Comparison = {}): string | undefined {
  if (one.local !== other.local || one.uri !== other.uri) return one.name
  const attribute = attributeDifference(one, other, how)
  if (attribute) return `${one.name}/@${attribute}`
  const [ours, theirs] = [one, other].map((element) => content(element, how))
  if (!ours || !theirs) return one.name
  for (const [index, child] of ours.entries()) {
    const inside = nodeDifference(child, theirs[index], how)
    if (inside !== undefined) return `${one.name}/${at(inside, index)}`
  }
  return ours.length === theirs.length ? undefined : `${one.name}/${at(nameOf(theirs[ours.length]), ours.length)}`
}

const nameOf = (node: XmlNode | undefined): string => (node?.is === 'element' ? node.name : 'text()')

/** Puts the place among its siblings behind the first name of a path. */
const at = (path: string, index: number): string => path.replace(/^[^/]*/, (name) => `${name}[${index + 1}]`)

function nodeDifference(one: XmlNode, other: XmlNode | undefined, how: Comparison): string | undefined {
  if (other === undefined || one.is !== other.is) return nameOf(one)
  if (one.is === 'element' && other.is === 'element') return xmlDifference(one, other, how)
  return one.is === 'text' && other.is === 'text' && one.text === other.text ? undefined : 'text()'
}

function attributeDifference(one: XmlElement, other: XmlElement, how: Comparison): string | undefined {
  const [ours, theirs] = [one, other].map((element) => attributes(element, how))
  const names = new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])
  return [...names].find((name) => ours?.get(name) !== theirs?.get(name))
}

const xmlns = 'http://www.w3.org/2000/xmlns/'

function attributes(element: XmlElement, { isNoise }: Comparison): ReadonlyMap<string, string> {
  const said = Object.entries(element.attributes).filter(
    ([name, { uri }]) => uri !== xmlns && !isNoise?.({ element, attribute: name }),
  )
  return new Map(said.map(([, { uri, local, value }]) => [`${uri} ${local}`.trim(), value]))
}

/** The children that count, with neighbouring runs of text as one. */
function content(element: XmlElement, { isNoise, keepsSpace }: Comparison): readonly XmlNode[] {
  const counting: XmlNode[] = []
  for (const child of element.children) {
    const last = counting.at(-1)
    if (child.is === 'element' ? isNoise?.({ element: child }) : child.text === '') continue
    if (child.is === 'text' && last?.is === 'text')
      counting[counting.length - 1] = { ...last, text: last.text + child.text }
    else counting.push(child)
  }
  const hasElements = counting.some(({ is }) => is === 'element')
  return hasElements && !keepsSpace ? counting.filter((child) => child.is === 'element' || child.text.trim()) : counting
}
