import type { Package } from '../package/package.ts'
import { mainPart, relationshipsOf } from '../package/relationships.ts'
import { decodeXml } from '../package/xml/xml-text.ts'
import { childOf, parseXml, type XmlElement } from '../package/xml/xml-tree.ts'
import { fillIn, type Looks, referredFill } from './fills.ts'
import { flagIn, pixelsIn } from './lengths.ts'
import { readShapes, type ShapeContext } from './shapes.ts'
import { type Grounds, placeholderOf, type Sheet, shapesIn, sheetsFrom, slideSheet } from './sheet.ts'
import type { Fill, Slide } from './slide.ts'
import { readTableStyles, type TableStyles } from './tables.ts'

/** What the slides of a presentation look like. */
export interface Slides {
  /** Of each slide, in pixels of 1/96 inch. */
  readonly width: number
  readonly height: number
  /** The slide in a part, from its source as it is now. */
  slide(part: string, source: string): Slide
}

const usual = { width: 960, height: 720 }

/** Opens a presentation for its looks. Throws `DocumentError`. */
export function openSlides(pkg: Package): Slides {
  const main = mainPart(pkg)
  const root = parseXml(decodeXml(pkg.read(main)).text)
  const size = childOf(root, 'sldSz')
  const grounds: Grounds = { pkg, read: new Map() }
  const plainText = childOf(root, 'defaultTextStyle')
  const tables = tablesOf(pkg, main)
  return {
    width: pixelsIn(size, 'cx') || usual.width,
    height: pixelsIn(size, 'cy') || usual.height,
    slide: (part, source) => drawnSlide(slideSheet(grounds, part, source), { plainText, tables }),
  }
}

function tablesOf(pkg: Package, main: string): TableStyles {
  const part = relationshipsOf(pkg, main).find(({ type }) => type.endsWith('/tableStyles'))?.part
  return part !== undefined && pkg.has(part) ? readTableStyles(parseXml(decodeXml(pkg.read(part)).text)) : new Map()
}

function drawnSlide(sheet: Sheet, given: Pick<ShapeContext, 'plainText' | 'tables'>): Slide {
  const background = backgroundOf(sheet)
  return {
    ...(background && { background }),
    ground: groundsShown(sheet).flatMap((ground) => readShapes(decorations(ground), { ...given, sheet: ground })),
    shapes: readShapes(sheet.tree, { ...given, sheet }),
  }
}

/** The layout and the master whose shapes are seen, the lowest first. */
function groundsShown(sheet: Sheet): readonly Sheet[] {
  const shown: Sheet[] = []
  for (let above = sheet; above.under && flagIn(above.root, 'showMasterSp') !== false; above = above.under) {
    shown.unshift(above.under)
  }
  return shown
}

/** What a layout or a master shows by itself: its placeholders are for slides to fill. */
function decorations({ tree }: Sheet): XmlElement | undefined {
  return tree && { ...tree, children: shapesIn(tree).filter((shape) => placeholderOf(shape) === undefined) }
}

function backgroundOf(sheet: Sheet): Fill | undefined {
  for (const one of sheetsFrom(sheet)) {
    const content = childOf(one.root, 'cSld')
    const background = content && childOf(content, 'bg')
    if (background) return fillOfBackground(background, { ...one.looks, palette: sheet.looks.palette })
  }
  return undefined
}

function fillOfBackground(background: XmlElement, looks: Looks): Fill | undefined {
  const fill = fillIn(childOf(background, 'bgPr'), looks) ?? referredFill(childOf(background, 'bgRef'), looks)
  return fill?.is === 'none' ? undefined : fill
}
