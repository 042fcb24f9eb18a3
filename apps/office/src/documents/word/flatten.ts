import { attributeOf, childOf, elementsOf, textOf, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Story } from './story.ts'

/** Something that stands around runs: a link, a tracked change, a content control. */
export interface Container {
  readonly local: string
  /** The raw form of all that stands before its content. */
  readonly open: string
  readonly close: string
  /** What it says; the same for the same container in every story. */
  readonly form: string
  readonly element: XmlElement
}

interface Placed {
  /** The run that it stands in. `undefined`: it stands between runs. */
  readonly run: XmlElement | undefined
  /** From the outermost to the innermost. */
  readonly path: readonly Container[]
  readonly piece: XmlElement
}

/** One thing that can be seen and edited: a character, a tab, a picture. */
export interface Atom extends Placed {
  readonly is: 'atom'
  /** A character, or U+E000 with the kind of thing it is. */
  readonly token: string
}

/** Something that an editor may not show: a bookmark, the code of a field. */
export interface Hidden extends Placed {
  readonly is: 'hidden'
}

export type Item = Atom | Hidden

/** What marks a token that is no character. */
export const objectMark = '\ue000'

const containers = new Set([
  'hyperlink',
  'ins',
  'del',
  'moveFrom',
  'moveTo',
  'smartTag',
  'customXml',
  'fldSimple',
  'dir',
  'bdo',
  'sdt',
])
const text = new Set(['t', 'delText'])
const characters: Readonly<Record<string, string>> = {
  noBreakHyphen: '\u2011',
  softHyphen: '\u00ad',
  cr: `${objectMark}br`,
}
const objects: Readonly<Record<string, string>> = {
  tab: 'tab',
  ptab: 'tab',
  drawing: 'drawing',
  pict: 'drawing',
  object: 'drawing',
  AlternateContent: 'drawing',
  sym: 'sym',
  oMath: 'math',
  oMathPara: 'math',
  ruby: 'ruby',
}
const numbered = new Set([
  'footnoteReference',
  'endnoteReference',
  'commentRangeStart',
  'commentRangeEnd',
  'commentReference',
])

/** The content of a paragraph as one row of things, whatever runs and containers it is spread over. */
export function flatten(story: Story, paragraph: XmlElement): readonly Item[] {
  const items: Item[] = []
  const walk = (parent: XmlElement, path: readonly Container[]) => {
    for (const child of elementsOf(parent)) {
      if (child.local === 'pPr') continue
      if (child.local === 'r') items.push(...flattenRun(child, path))
      else if (containers.has(child.local)) enter(child, path)
      else items.push(itemOf(child, undefined, path))
    }
  }
  const enter = (element: XmlElement, path: readonly Container[]) => {
    const content = element.local === 'sdt' ? childOf(element, 'sdtContent') : element
    const before = items.length
    if (content) walk(content, [...path, containerOf(story, element, content)])
    if (items.length === before) items.push({ is: 'hidden', run: undefined, path, piece: element })
  }
  walk(paragraph, [])
  return items
}

function containerOf(story: Story, element: XmlElement, content: XmlElement): Container {
  const { local } = element
  const open = story.source.slice(element.start, content.contentStart)
  const close = story.source.slice(content.contentEnd, element.end)
  const form = story.form({
    ...element,
    children: local === 'sdt' ? element.children.filter((one) => one !== content) : [],
  })
  return { local, open, close, form, element }
}

function flattenRun(run: XmlElement, path: readonly Container[]): readonly Item[] {
  const pieces = elementsOf(run).filter(({ local }) => local !== 'rPr')
  if (pieces.length === 0) return [{ is: 'hidden', run: undefined, path, piece: run }]
  return pieces.flatMap((piece) => {
    if (!text.has(piece.local)) return itemOf(piece, run, path)
    const all = [...textOf(piece)]
    return all.length === 0
      ? { is: 'hidden' as const, run, path, piece }
      : all.map((token) => ({ is: 'atom' as const, token, run, path, piece }))
  })
}

function itemOf(piece: XmlElement, run: XmlElement | undefined, path: readonly Container[]): Item {
  const token = tokenOf(piece)
  return token === undefined ? { is: 'hidden', run, path, piece } : { is: 'atom', token, run, path, piece }
}

function tokenOf(piece: XmlElement): string | undefined {
  const { local } = piece
  if (characters[local]) return characters[local]
  if (local === 'br') return `${objectMark}br ${attributeOf(piece, 'type') ?? ''}`.trim()
  if (numbered.has(local)) return `${objectMark}${local} ${attributeOf(piece, 'id') ?? ''}`
  return objects[local] && `${objectMark}${objects[local]}`
}
