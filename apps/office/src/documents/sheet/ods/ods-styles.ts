import { childOf, type Element, elementsOf } from '../read/elements.ts'
import type { Border, CellStyle, Font } from '../workbook.ts'
import { charactersOf, readLength } from './lengths.ts'

/** What the styles of an OpenDocument spreadsheet say, by their names. */
export interface OdsStyles {
  cell(name: string | undefined): CellStyle
  /** In characters of the default font. */
  columnWidth(name: string | undefined): number | undefined
  /** In points. */
  rowHeight(name: string | undefined): number | undefined
  /** Whether a table of this style is seen. */
  isSeen(name: string | undefined): boolean
}

type Attributes = Readonly<Record<string, string>>

/** The lists of styles of a part. They stand before everything that may be large. */
export function styleElements(xml: string): readonly Element[] {
  return ['office:font-face-decls', 'office:styles', 'office:automatic-styles'].flatMap((name) => {
    const from = xml.search(new RegExp(`<${name}[\\s>]`))
    const to = xml.indexOf(`</${name}>`, Math.max(0, from))
    if (from < 0 || to < 0) return []
    return elementsOf(xml.slice(from, to + name.length + 3), name.slice(name.indexOf(':') + 1)).children
  })
}

/** Styles as cells, columns and rows name them. */
export function odsStyles(elements: readonly Element[]): OdsStyles {
  const named = new Map<string, Element>()
  const fonts = new Map<string, string>()
  for (const { name, attributes, ...element } of elements) {
    const own = attributes['style:name'] ?? ''
    if (name === 'font-face') fonts.set(own, (attributes['svg:font-family'] ?? own).replace(/^['"]|['"]$/g, ''))
    const family = name === 'default-style' ? '' : own
    if (name === 'style' || name === 'default-style') {
      named.set(`${attributes['style:family']} ${family}`, { name, attributes, ...element })
    }
  }
  /** What a style says with all that it is based on; the nearest counts. */
  const said = (family: string, name: string | undefined, properties: string): Attributes => {
    const found: Attributes[] = []
    const seen = new Set<string>()
    for (let at = name; at !== undefined && !seen.has(at); ) {
      seen.add(at)
      const style = named.get(`${family} ${at}`)
      if (style) found.unshift(childOf(style, properties)?.attributes ?? {})
      at = style?.attributes['style:parent-style-name']
    }
    const usual = named.get(`${family} `)
    return Object.assign({}, usual && childOf(usual, properties)?.attributes, ...found)
  }
  const known = new Map<string, CellStyle>()
  return {
    cell(name = 'Default') {
      const made = known.get(name) ?? cellStyle((properties) => said('table-cell', name, properties), fonts)
      known.set(name, made)
      return made
    },
    columnWidth(name) {
      const width = readLength(said('table-column', name, 'table-column-properties')['style:column-width'])
      return width === undefined ? undefined : charactersOf(width)
    },
    rowHeight: (name) => readLength(said('table-row', name, 'table-row-properties')['style:row-height']),
    isSeen: (name) => said('table', name, 'table-properties')['table:display'] !== 'false',
  }
}

const across: Readonly<Record<string, string>> = {
  start: 'left',
  left: 'left',
  center: 'center',
  end: 'right',
  right: 'right',
  justify: 'justify',
}
const down: Readonly<Record<string, string>> = { top: 'top', middle: 'center', bottom: 'bottom' }

function cellStyle(said: (properties: string) => Attributes, fonts: ReadonlyMap<string, string>): CellStyle {
  const cell = said('table-cell-properties')
  const fill = colorOf(cell['fo:background-color'])
  const horizontal = across[said('paragraph-properties')['fo:text-align'] ?? '']
  const vertical = down[cell['style:vertical-align'] ?? '']
  const rotation = Number(cell['style:rotation-angle'] ?? 0)
  return {
    format: 'General',
    font: fontOf(said('text-properties'), fonts),
    ...(fill && { fill }),
    borders: bordersOf(cell),
    ...(horizontal && { horizontal }),
    ...(vertical && { vertical }),
    ...(cell['fo:wrap-option'] === 'wrap' && { wraps: true }),
    ...(rotation !== 0 && { rotation: rotation > 180 ? rotation - 360 : rotation }),
    isLocked: true,
  }
}

function fontOf(text: Attributes, fonts: ReadonlyMap<string, string>): Font {
  const face = text['style:font-name']
  const name = face === undefined ? text['fo:font-family'] : (fonts.get(face) ?? face)
  const size = readLength(text['fo:font-size'])
  const color = colorOf(text['fo:color'])
  const isLined = (style: string | undefined) => style !== undefined && style !== 'none'
  return {
    ...(name !== undefined && { name }),
    ...(size !== undefined && { size }),
    ...(/^(bold|[6-9]00)$/.test(text['fo:font-weight'] ?? '') && { isBold: true }),
    ...(/^(italic|oblique)$/.test(text['fo:font-style'] ?? '') && { isItalic: true }),
    ...(isLined(text['style:text-underline-style']) && { isUnderlined: true }),
    ...(isLined(text['style:text-line-through-style']) && { isStruck: true }),
    ...(color && { color }),
  }
}

/** `RRGGBB`. `undefined`: none, or as usual. */
const colorOf = (text: string | undefined): string | undefined =>
  /^#([\da-f]{6})$/i.exec(text ?? '')?.[1]?.toUpperCase()

function bordersOf(cell: Attributes): CellStyle['borders'] {
  const drawn = (['left', 'right', 'top', 'bottom'] as const).flatMap((side): [string, Border][] => {
    const border = readBorder(cell[`fo:border-${side}`] ?? cell['fo:border'])
    return border ? [[side, border]] : []
  })
  return Object.fromEntries(drawn)
}

/** `0.74pt solid #000000`. */
function readBorder(text: string | undefined): Border | undefined {
  const [width, kind, color] = (text ?? '').split(/\s+/)
  if (!width || !kind || kind === 'none') return undefined
  const lines: Readonly<Record<string, string>> = { double: 'double', dotted: 'dotted', dashed: 'dashed' }
  const points = readLength(width) ?? 0
  const solid = points >= 2.4 ? 'thick' : points >= 1.4 ? 'medium' : 'thin'
  const drawn = colorOf(color)
  return { line: lines[kind] ?? solid, ...(drawn && { color: drawn }) }
}
