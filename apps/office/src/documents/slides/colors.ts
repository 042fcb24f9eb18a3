import { attributeOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { shareIn } from './lengths.ts'
import { changed, fromHsl, named, type Rgb, spelt } from './rgb.ts'
import type { Theme } from './theme.ts'

/** What the names of colours mean on one slide. */
export interface Palette {
  readonly theme: Theme
  /** What a master or a slide makes of `bg1`, `tx1` and their like. */
  readonly mapping: ReadonlyMap<string, string>
  /** The colour that a ready-made look is given. */
  readonly placeholder?: Rgb
}

const kinds = new Set(['srgbClr', 'schemeClr', 'sysClr', 'prstClr', 'scrgbClr', 'hslClr'])

/** The colour that stands in an element, as style sheets spell it. `undefined`: there is none. */
export function colorIn(parent: XmlElement | undefined, palette: Palette): string | undefined {
  const color = rgbIn(parent, palette)
  return color && spelt(color)
}

/** The colour that stands in an element. */
export function rgbIn(parent: XmlElement | undefined, palette: Palette): Rgb | undefined {
  const color = parent && elementsOf(parent).find(({ local }) => kinds.has(local))
  const base = color && baseOf(color, palette)
  if (!color || !base) return undefined
  return elementsOf(color).reduce(
    (made, change) => changed(made, { is: change.local, by: shareIn(change, 'val') ?? 1 }),
    base,
  )
}

function baseOf(color: XmlElement, palette: Palette): Rgb | undefined {
  const value = attributeOf(color, 'val') ?? ''
  if (color.local === 'srgbClr') return fromHex(value)
  if (color.local === 'sysClr')
    return fromHex(attributeOf(color, 'lastClr') ?? (value === 'window' ? 'FFFFFF' : '000000'))
  if (color.local === 'prstClr') return named(value)
  if (color.local === 'schemeClr') return schemed(value, palette)
  const [first, second, third] = (color.local === 'hslClr' ? ['hue', 'sat', 'lum'] : ['r', 'g', 'b']).map(
    (local) => shareIn(color, local) ?? 0,
  )
  if (color.local === 'hslClr')
    return fromHsl({ hue: ((first ?? 0) * 100_000) / 60_000, saturation: second ?? 0, light: third ?? 0 })
  return { red: gamma(first ?? 0), green: gamma(second ?? 0), blue: gamma(third ?? 0), alpha: 1 }
}

function schemed(name: string, palette: Palette): Rgb | undefined {
  if (name === 'phClr') return palette.placeholder
  const meant = palette.mapping.get(name) ?? name
  // A theme's own colours are said outright: they do not lead in a circle.
  const own = palette.theme.colors.get(meant)
  return own && rgbIn(own, { ...palette, theme: { ...palette.theme, colors: new Map() } })
}

function fromHex(raw: string): Rgb | undefined {
  if (!/^[\da-f]{6}$/i.test(raw)) return undefined
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(raw.slice(at, at + 2), 16))
  return { red, green, blue, alpha: 1 }
}

const gamma = (linear: number): number =>
  255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.max(0, linear) ** (1 / 2.4) - 0.055)
