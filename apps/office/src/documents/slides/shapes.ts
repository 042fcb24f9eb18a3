import { attributeOf, childOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { boxIn, spaceIn } from './boxes.ts'
import { colorIn } from './colors.ts'
import { fillIn, pictureIn, referredFill } from './fills.ts'
import { lineIn, referredLine } from './lines.ts'
import { outlineIn } from './outlines.ts'
import { masterStyle, standsFor } from './placeholders.ts'
import { descriptionOf, type Sheet, shapesIn } from './sheet.ts'
import type { Box, Fill, Line, Shape, TextBody } from './slide.ts'
import { readTable, type TableStyles } from './tables.ts'
import { textBody } from './text-body.ts'

/** What is needed to read the shapes of a sheet. */
export interface ShapeContext {
  readonly sheet: Sheet
  /** How text looks that is in no placeholder. */
  readonly plainText: XmlElement | undefined
  readonly tables: TableStyles
  /** What shapes of a group are filled with that say that they take over its fill. */
  readonly groupFill?: Fill
}

const rectangle: Shape['outline'] = { is: 'known', name: 'rect', adjusted: new Map() }

/** Groups within groups are read so far down. */
const deepest = 20

/** The shapes in an element, in the order in which they are drawn. What is nowhere is left out. */
export function readShapes(tree: XmlElement | undefined, context: ShapeContext, depth = 0): readonly Shape[] {
  if (depth > deepest) return []
  return shapesIn(tree).flatMap((element) => {
    const shape = readShape(element, context, depth)
    return shape ? [shape] : []
  })
}

function readShape(element: XmlElement, context: ShapeContext, depth: number): Shape | undefined {
  if (element.local === 'sp' || element.local === 'cxnSp') return drawn(element, context)
  if (element.local === 'pic') return picture(element, context)
  if (element.local === 'grpSp') return group(element, context, depth)
  if (element.local === 'graphicFrame') return frame(element, context)
  return undefined
}

function drawn(element: XmlElement, context: ShapeContext): Shape | undefined {
  const { sheet } = context
  const models = [element, ...standsFor(element, sheet)]
  const properties = models.map((one) => childOf(one, 'spPr')).filter((one) => one !== undefined)
  const box = first(properties, boxIn)
  if (!box) return undefined
  const style = childOf(element, 'style')
  const reference = (local: string) => style && childOf(style, local)
  const own = properties[0]
  const isGroupFilled = own !== undefined && childOf(own, 'grpFill') !== undefined
  const fill = isGroupFilled
    ? context.groupFill
    : (first(properties, (one) => fillIn(one, sheet.looks)) ?? referredFill(reference('fillRef'), sheet.looks))
  const line = first(properties, (one) => lineIn(childOf(one, 'ln'), sheet.looks))
  const themed = referredLine(reference('lnRef'), sheet.looks)
  const text = textOf(element, models, context)
  return {
    box,
    outline: first(properties, outlineIn) ?? rectangle,
    ...withLooks(fill, line === undefined ? themed : line),
    ...(text && { text }),
    ...described(element),
  }
}

const withLooks = (fill: Fill | undefined, line: Line | null | undefined) => ({
  ...(fill && fill.is !== 'none' && { fill }),
  ...(line && { line }),
})

const described = (element: XmlElement) => {
  const description = descriptionOf(element)
  return description === undefined ? {} : { description }
}

function textOf(
  element: XmlElement,
  models: readonly XmlElement[],
  { sheet, plainText }: ShapeContext,
): TextBody | undefined {
  const body = childOf(element, 'txBody')
  if (!body) return undefined
  const inherited = models.slice(1).reverse()
  const below = inherited.map((one) => childOf(one, 'txBody')).filter((one) => one !== undefined)
  const listed = [plainText, masterStyle(element, sheet), ...below.map((one) => childOf(one, 'lstStyle'))]
  const style = childOf(element, 'style')
  const color = colorIn(style && childOf(style, 'fontRef'), sheet.looks.palette)
  return textBody(body, {
    looks: sheet.looks,
    lists: listed.filter((one) => one !== undefined),
    bodies: below.map((one) => childOf(one, 'bodyPr')).filter((one) => one !== undefined),
    ...(color !== undefined && { color }),
  })
}

function picture(element: XmlElement, { sheet }: ShapeContext): Shape | undefined {
  const models = [element, ...standsFor(element, sheet)]
  const properties = models.map((one) => childOf(one, 'spPr')).filter((one) => one !== undefined)
  const box = first(properties, boxIn)
  if (!box) return undefined
  const blip = childOf(element, 'blipFill')
  const shown = blip && pictureIn(blip, sheet.looks)
  const line = first(properties, (one) => lineIn(childOf(one, 'ln'), sheet.looks))
  return {
    box,
    outline: first(properties, outlineIn) ?? rectangle,
    ...withLooks(undefined, line),
    ...(shown ? { picture: shown } : { isUnknown: true as const }),
    ...described(element),
  }
}

function group(element: XmlElement, context: ShapeContext, depth: number): Shape | undefined {
  const properties = childOf(element, 'grpSpPr')
  const box = boxIn(properties)
  if (!box) return undefined
  const groupFill = fillIn(properties, context.sheet.looks) ?? context.groupFill
  const shapes = readShapes(element, { ...context, ...(groupFill && { groupFill }) }, depth + 1)
  return { box, outline: rectangle, group: { space: spaceIn(properties) ?? box, shapes } }
}

function frame(element: XmlElement, context: ShapeContext): Shape | undefined {
  const transform = childOf(element, 'xfrm')
  const box: Box | undefined = boxIn(transform)
  if (!box) return undefined
  const graphic = childOf(element, 'graphic')
  const data = graphic && childOf(graphic, 'graphicData')
  const [content] = data ? elementsOf(data) : []
  const isTable = content?.local === 'tbl' && attributeOf(content, 'embed') === undefined
  const what = isTable
    ? {
        table: readTable(content, { looks: context.sheet.looks, plainText: context.plainText, styles: context.tables }),
      }
    : (replacement(data, context) ?? { isUnknown: true as const })
  return { box, outline: rectangle, ...what, ...described(element) }
}

/** An embedded object has a picture of itself with it. */
function replacement(data: XmlElement | undefined, { sheet }: ShapeContext): Pick<Shape, 'picture'> | undefined {
  const object = shapesIn(data).find(({ local }) => local === 'oleObj')
  const shown = object && childOf(object, 'pic')
  const blip = shown && childOf(shown, 'blipFill')
  const found = blip && pictureIn(blip, sheet.looks)
  return found && { picture: found }
}

function first<T>(all: readonly XmlElement[], read: (one: XmlElement) => T | undefined): T | undefined {
  for (const one of all) {
    const value = read(one)
    if (value !== undefined) return value
  }
  return undefined
}
