import type { Relationship } from '../package/relationships.ts'
import { attributeOf, childOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { colorIn, type Palette, rgbIn } from './colors.ts'
import { degreesIn, numberIn, shareIn } from './lengths.ts'
import type { Fill, Picture } from './slide.ts'

/** What the looks of one part refer to: colours, and other parts by the ids of relationships. */
export interface Looks {
  readonly palette: Palette
  readonly relationships: ReadonlyMap<string, Relationship>
}

const kinds = new Set(['noFill', 'solidFill', 'gradFill', 'blipFill', 'pattFill', 'grpFill'])

/** What the inside of a shape is filled with, where its properties say so. */
export function fillIn(properties: XmlElement | undefined, looks: Looks): Fill | undefined {
  const fill = properties && elementsOf(properties).find(({ local }) => kinds.has(local))
  return fill && fillOf(fill, looks)
}

/** What an element that is a fill says. */
export function fillOf(fill: XmlElement, looks: Looks): Fill | undefined {
  if (fill.local === 'noFill') return { is: 'none' }
  if (fill.local === 'gradFill') return gradient(fill, looks.palette)
  if (fill.local === 'blipFill') {
    const picture = pictureIn(fill, looks)
    return picture && { is: 'picture', picture }
  }
  const color = colorIn(fill.local === 'pattFill' ? childOf(fill, 'fgClr') : fill, looks.palette)
  return color === undefined ? undefined : { is: 'color', color }
}

/** A fill of the theme that a shape refers to by its number, in the colour that it gives. */
export function referredFill(reference: XmlElement | undefined, looks: Looks): Fill | undefined {
  const number = numberIn(reference, 'idx') ?? 0
  if (!reference || number === 0) return undefined
  const { theme } = looks.palette
  const fill = number > 1000 ? theme.backgrounds[number - 1001] : theme.fills[number - 1]
  const placeholder = rgbIn(reference, looks.palette)
  return fill && fillOf(fill, { ...looks, palette: { ...looks.palette, ...(placeholder && { placeholder }) } })
}

function gradient(fill: XmlElement, palette: Palette): Fill | undefined {
  const list = childOf(fill, 'gsLst')
  const stops = (list ? elementsOf(list) : []).flatMap((stop) => {
    const color = colorIn(stop, palette)
    return color === undefined ? [] : [{ at: shareIn(stop, 'pos') ?? 0, color }]
  })
  const [first] = stops
  if (!first) return undefined
  if (stops.length === 1) return { is: 'color', color: first.color }
  const sorted = [...stops].sort((one, other) => one.at - other.at)
  return {
    is: 'gradient',
    stops: sorted,
    angle: degreesIn(childOf(fill, 'lin'), 'ang'),
    isRound: childOf(fill, 'path') !== undefined,
  }
}

/** The picture that an element shows. One that lies outside of the document is never loaded. */
export function pictureIn(fill: XmlElement, { relationships }: Looks): Picture | undefined {
  const blip = childOf(fill, 'blip')
  const part = relationships.get((blip && attributeOf(blip, 'embed')) ?? '')?.part
  if (part === undefined) return undefined
  const crop = childOf(fill, 'srcRect')
  const [left = 0, top = 0, right = 0, bottom = 0] = ['l', 't', 'r', 'b'].map((side) => shareIn(crop, side))
  const opacity = shareIn(blip && childOf(blip, 'alphaModFix'), 'amt') ?? 1
  return { part, crop: { left, top, right, bottom }, opacity }
}
