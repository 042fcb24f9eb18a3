import { attributeOf, childOf, elementsOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { colorIn } from './colors.ts'
import { fillIn, type Looks } from './fills.ts'
import { flagIn, numberIn, shareIn } from './lengths.ts'
import type { RunStyle } from './slide.ts'

/** Hundredths of a point to pixels. */
const pixels = (hundredths: number): number => ((hundredths / 100) * 96) / 72
const usualSize = 1800

/** What is said last counts. */
export function lastOf<T>(chain: readonly XmlElement[], said: (element: XmlElement) => T | undefined): T | undefined {
  for (let index = chain.length - 1; index >= 0; index--) {
    const element = chain[index]
    const value = element && said(element)
    if (value !== undefined) return value
  }
  return undefined
}

/** How a run of text looks: `chain` are its properties, the most general first; `color` is what it has without any. */
export function runStyle(chain: readonly XmlElement[], looks: Looks, color?: string): RunStyle {
  const said = (local: string) => lastOf(chain, (one) => attributeOf(one, local))
  const capitals = said('cap')
  const highlight = lastOf(chain, (one) => colorIn(childOf(one, 'highlight'), looks.palette))
  const link = lastOf(chain, (one) => linkIn(one, looks))
  const linkColor = link === undefined ? undefined : colorOfLinks(looks)
  return {
    size: pixels(lastOf(chain, (one) => numberIn(one, 'sz')) ?? usualSize),
    isBold: lastOf(chain, (one) => flagIn(one, 'b')) ?? false,
    isItalic: lastOf(chain, (one) => flagIn(one, 'i')) ?? false,
    isUnderlined: link !== undefined || (said('u') ?? 'none') !== 'none',
    isStruck: (said('strike') ?? 'noStrike') !== 'noStrike',
    capitals: capitals === 'all' || capitals === 'small' ? capitals : 'none',
    raised: lastOf(chain, (one) => shareIn(one, 'baseline')) ?? 0,
    spacing: pixels(lastOf(chain, (one) => numberIn(one, 'spc')) ?? 0),
    color: linkColor ?? lastOf(chain, (one) => colorOf(one, looks)) ?? color ?? textColor(looks),
    fonts: fontsOf(chain, looks),
    ...(highlight !== undefined && { highlight }),
    ...(link !== undefined && { link }),
  }
}

/** Letters that are filled with more than a colour are drawn in the first one. */
function colorOf(properties: XmlElement, looks: Looks): string | undefined {
  const fill = fillIn(properties, looks)
  if (fill?.is === 'gradient') return fill.stops[0]?.color
  return fill?.is === 'color' ? fill.color : undefined
}

const textColor = ({ palette }: Looks): string =>
  colorIn(palette.theme.colors.get(palette.mapping.get('tx1') ?? 'dk1'), palette) ?? 'rgb(0 0 0)'

const colorOfLinks = ({ palette }: Looks): string | undefined => colorIn(palette.theme.colors.get('hlink'), palette)

/** A link out of the document; those to other slides lead nowhere here. */
function linkIn(properties: XmlElement, { relationships }: Looks): string | undefined {
  const click = childOf(properties, 'hlinkClick')
  const id = click && Object.values(click.attributes).find(({ local, uri }) => local === 'id' && uri !== '')?.value
  const found = relationships.get(id ?? '')
  return found && found.part === undefined ? found.target : undefined
}

function fontsOf(chain: readonly XmlElement[], { palette: { theme } }: Looks): readonly string[] {
  const named = ['latin', 'ea'].map((local) =>
    lastOf(chain, (one) => {
      const font = elementsOf(one).find((child) => child.local === local)
      return (font && attributeOf(font, 'typeface')) || undefined
    }),
  )
  const [latin = '+mn-lt', far = ''] = named
  return [...new Set([...meant(latin, theme), ...meant(far, theme)])]
}

/** Names that begin with a plus mean fonts of the theme. */
const meant = (name: string, theme: Looks['palette']['theme']): readonly string[] => {
  if (!name.startsWith('+')) return name === '' ? [] : [name]
  return name.startsWith('+mj') ? theme.headingFonts : theme.bodyFonts
}
