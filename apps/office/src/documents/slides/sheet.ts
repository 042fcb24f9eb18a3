import type { Package } from '../package/package.ts'
import { type Relationship, relationshipsOf } from '../package/relationships.ts'
import { decodeXml } from '../package/xml/xml-text.ts'
import { attributeOf, childOf, elementsOf, parseXml, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Looks } from './fills.ts'
import { noTheme, readTheme, type Theme } from './theme.ts'

/** A slide, or what it is made on: a layout, and the master of that. */
export interface Sheet {
  readonly root: XmlElement
  readonly looks: Looks
  /** The shapes on it. */
  readonly tree: XmlElement | undefined
  /** `undefined`: a master, or a sheet whose ground is missing. */
  readonly under?: Sheet
}

/** What all slides of a presentation have in common. */
export interface Grounds {
  readonly pkg: Package
  /** Layouts and masters that have been read, by their parts. */
  readonly read: Map<string, Sheet>
}

const relationshipsBy = (pkg: Package, part: string): ReadonlyMap<string, Relationship> =>
  new Map(relationshipsOf(pkg, part).map((one) => [one.id, one]))

const targetOf = (relationships: ReadonlyMap<string, Relationship>, kind: string): string | undefined =>
  [...relationships.values()].find(({ type }) => type.endsWith(`/${kind}`))?.part

/** Reads a slide from its source, with the layout and the master below it. */
export function slideSheet(grounds: Grounds, part: string, source: string): Sheet {
  const relationships = relationshipsBy(grounds.pkg, part)
  const under = groundOf(grounds, relationships, 'slideLayout')
  return sheetOf(parseXml(source), relationships, under)
}

function groundOf(
  grounds: Grounds,
  relationships: ReadonlyMap<string, Relationship>,
  kind: 'slideLayout' | 'slideMaster',
): Sheet | undefined {
  const part = targetOf(relationships, kind)
  if (part === undefined || !grounds.pkg.has(part)) return undefined
  const known = grounds.read.get(part)
  if (known) return known
  const own = relationshipsBy(grounds.pkg, part)
  const root = parseXml(decodeXml(grounds.pkg.read(part)).text)
  const made =
    kind === 'slideLayout'
      ? sheetOf(root, own, groundOf(grounds, own, 'slideMaster'))
      : master(root, own, themeOf(grounds.pkg, own))
  grounds.read.set(part, made)
  return made
}

function themeOf(pkg: Package, relationships: ReadonlyMap<string, Relationship>): Theme {
  const part = targetOf(relationships, 'theme')
  return part !== undefined && pkg.has(part) ? readTheme(parseXml(decodeXml(pkg.read(part)).text)) : noTheme
}

const treeOf = (root: XmlElement): XmlElement | undefined => {
  const content = childOf(root, 'cSld')
  return content && childOf(content, 'spTree')
}

function master(root: XmlElement, relationships: ReadonlyMap<string, Relationship>, theme: Theme): Sheet {
  const mapping = mappingIn(childOf(root, 'clrMap')) ?? new Map()
  return { root, tree: treeOf(root), looks: { relationships, palette: { theme, mapping } } }
}

function sheetOf(root: XmlElement, relationships: ReadonlyMap<string, Relationship>, under: Sheet | undefined): Sheet {
  const palette = under?.looks.palette ?? { theme: noTheme, mapping: new Map() }
  const override = childOf(root, 'clrMapOvr')
  const mapping = mappingIn(override && childOf(override, 'overrideClrMapping')) ?? palette.mapping
  return {
    root,
    tree: treeOf(root),
    looks: { relationships, palette: { ...palette, mapping } },
    ...(under && { under }),
  }
}

function mappingIn(element: XmlElement | undefined): ReadonlyMap<string, string> | undefined {
  if (!element) return undefined
  return new Map(Object.values(element.attributes).map(({ local, value }) => [local, value]))
}

/** The sheets below one another, the slide first. */
export function* sheetsFrom(sheet: Sheet): Generator<Sheet> {
  for (let next: Sheet | undefined = sheet; next; next = next.under) yield next
}

/** The shapes on a sheet; of what is there twice, for old programs and for new ones, that for the old ones. */
export function shapesIn(tree: XmlElement | undefined): readonly XmlElement[] {
  return (tree ? elementsOf(tree) : []).flatMap((one) => {
    if (one.local !== 'AlternateContent') return [one]
    const [choice, fallback] = ['Choice', 'Fallback'].map((local) => childOf(one, local))
    const old = fallback ? elementsOf(fallback) : []
    return old.length > 0 ? old : choice ? elementsOf(choice) : []
  })
}

/** The attribute of a shape's own properties, whatever kind of shape it is. */
export function placeholderOf(shape: XmlElement): XmlElement | undefined {
  const naming = elementsOf(shape).find(({ local }) => local.startsWith('nv'))
  const own = naming && childOf(naming, 'nvPr')
  return own && childOf(own, 'ph')
}

/** What a shape is called, and how it is described. */
export function descriptionOf(shape: XmlElement): string | undefined {
  const naming = elementsOf(shape).find(({ local }) => local.startsWith('nv'))
  const own = naming && childOf(naming, 'cNvPr')
  return (own && attributeOf(own, 'descr')) || undefined
}
