import {
  BooleanNumber,
  BorderStyleTypes,
  HorizontalAlign,
  type IStyleData,
  VerticalAlign,
  WrapStrategy,
} from '@univerjs/core'
import type { CellStyle } from '../../../../src/documents/sheet/workbook.ts'
import { familiesOf } from './font-list.ts'

/** What the grid calls the lines that files name. */
export const lines: Readonly<Record<string, BorderStyleTypes>> = {
  thin: BorderStyleTypes.THIN,
  hair: BorderStyleTypes.HAIR,
  dotted: BorderStyleTypes.DOTTED,
  dashed: BorderStyleTypes.DASHED,
  dashDot: BorderStyleTypes.DASH_DOT,
  dashDotDot: BorderStyleTypes.DASH_DOT_DOT,
  double: BorderStyleTypes.DOUBLE,
  medium: BorderStyleTypes.MEDIUM,
  mediumDashed: BorderStyleTypes.MEDIUM_DASHED,
  mediumDashDot: BorderStyleTypes.MEDIUM_DASH_DOT,
  mediumDashDotDot: BorderStyleTypes.MEDIUM_DASH_DOT_DOT,
  slantDashDot: BorderStyleTypes.SLANT_DASH_DOT,
  thick: BorderStyleTypes.THICK,
}

export const across: Readonly<Record<string, HorizontalAlign>> = {
  left: HorizontalAlign.LEFT,
  center: HorizontalAlign.CENTER,
  centerContinuous: HorizontalAlign.CENTER,
  right: HorizontalAlign.RIGHT,
  justify: HorizontalAlign.JUSTIFIED,
  distributed: HorizontalAlign.DISTRIBUTED,
}

export const down: Readonly<Record<string, VerticalAlign>> = {
  top: VerticalAlign.TOP,
  center: VerticalAlign.MIDDLE,
  bottom: VerticalAlign.BOTTOM,
  justify: VerticalAlign.MIDDLE,
  distributed: VerticalAlign.MIDDLE,
}

/** How the grid draws a cell of this style. */
export function gridStyle(style: CellStyle): IStyleData {
  const { font, fill, format, horizontal, vertical, wraps, rotation, indent } = style
  const isStacked = rotation === 255
  const aligned = horizontal && across[horizontal]
  return {
    ...(font.name !== undefined && { ff: familiesOf(font.name) }),
    ...(font.size !== undefined && { fs: font.size }),
    ...(font.isBold && { bl: BooleanNumber.TRUE }),
    ...(font.isItalic && { it: BooleanNumber.TRUE }),
    ...(font.isUnderlined && { ul: { s: BooleanNumber.TRUE } }),
    ...(font.isStruck && { st: { s: BooleanNumber.TRUE } }),
    ...(font.color !== undefined && font.color !== '000000' && { cl: { rgb: `#${font.color}` } }),
    ...(fill !== undefined && { bg: { rgb: `#${fill}` } }),
    ...(format !== 'General' && { n: { pattern: format } }),
    ...(aligned && { ht: aligned }),
    vt: down[vertical ?? ''] ?? VerticalAlign.BOTTOM,
    ...(wraps && { tb: WrapStrategy.WRAP }),
    ...(rotation && { tr: isStacked ? { a: 0, v: BooleanNumber.TRUE } : { a: -rotation } }),
    ...(indent && { pd: { l: indent * 9 + 2 } }),
    bd: borders(style),
  }
}

function borders({ borders: { left, right, top, bottom } }: CellStyle): NonNullable<IStyleData['bd']> {
  const drawn = (border: typeof left) =>
    border && { s: lines[border.line] ?? BorderStyleTypes.THIN, cl: { rgb: `#${border.color ?? '000000'}` } }
  const [l, r, t, b] = [drawn(left), drawn(right), drawn(top), drawn(bottom)]
  return { ...(l && { l }), ...(r && { r }), ...(t && { t }), ...(b && { b }) }
}

/** The same with all that a style can say: what it does not say is taken from a cell. */
export const wholeGridStyle = (style: CellStyle): IStyleData => ({
  ...Object.fromEntries(['bl', 'it', 'ul', 'st', 'cl', 'bg', 'ht', 'tb', 'tr', 'pd'].map((key) => [key, null])),
  ...gridStyle(style),
  bd: { l: null, r: null, t: null, b: null, ...gridStyle(style).bd },
})
