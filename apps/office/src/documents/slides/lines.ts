import { attributeOf, childOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { rgbIn } from './colors.ts'
import { fillIn, type Looks } from './fills.ts'
import { numberIn, pixelsIn } from './lengths.ts'
import type { Line } from './slide.ts'

const dashes: Readonly<Record<string, readonly number[]>> = {
  dot: [1, 2],
  sysDot: [1, 1],
  dash: [4, 3],
  sysDash: [3, 1],
  lgDash: [8, 3],
  dashDot: [4, 3, 1, 3],
  sysDashDot: [3, 1, 1, 1],
  lgDashDot: [8, 3, 1, 3],
  lgDashDotDot: [8, 3, 1, 3, 1, 3],
}

/** A quarter of a point is what a line without a width has. */
const usualWidth = 1

/** How an outline is drawn. `null`: not at all; `undefined`: nothing is said of it. */
export function lineIn(line: XmlElement | undefined, looks: Looks): Line | null | undefined {
  if (!line) return undefined
  const fill = fillIn(line, looks)
  if (fill?.is === 'none') return null
  const color = fill?.is === 'color' ? fill.color : fill?.is === 'gradient' ? fill.stops[0]?.color : undefined
  if (color === undefined) return undefined
  const [startsWith, endsWith] = ['headEnd', 'tailEnd'].map((local) => endOf(childOf(line, local)))
  const dash = childOf(line, 'prstDash')
  return {
    color,
    width: pixelsIn(line, 'w') ?? usualWidth,
    dashes: dashes[(dash && attributeOf(dash, 'val')) ?? ''] ?? [],
    ...(startsWith && { startsWith }),
    ...(endsWith && { endsWith }),
  }
}

function endOf(end: XmlElement | undefined): string | undefined {
  const type = end && attributeOf(end, 'type')
  return type === 'none' ? undefined : type
}

/** A line of the theme that a shape refers to by its number, in the colour that it gives. */
export function referredLine(reference: XmlElement | undefined, looks: Looks): Line | null | undefined {
  const number = numberIn(reference, 'idx') ?? 0
  if (!reference || number === 0) return undefined
  const placeholder = rgbIn(reference, looks.palette)
  const palette = { ...looks.palette, ...(placeholder && { placeholder }) }
  return lineIn(looks.palette.theme.lines[number - 1], { ...looks, palette })
}
