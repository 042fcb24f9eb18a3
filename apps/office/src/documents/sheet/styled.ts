import { type Look, type Side, sides } from './look.ts'
import type { Border, CellStyle, Font } from './workbook.ts'

/** A style with a look put over it. */
export function styled(style: CellStyle, look: Look): CellStyle {
  const { fill: oldFill, horizontal: oldHorizontal, ...kept } = style
  const { format, vertical, wraps, rotation } = look
  const fill = look.fill ?? oldFill
  const horizontal = look.horizontal ?? oldHorizontal
  return {
    ...kept,
    ...given({ format, vertical, wraps, rotation }),
    font: fontWith(style.font, look),
    ...(fill && { fill }),
    ...(horizontal && horizontal !== 'general' && { horizontal }),
    borders: bordersWith(style.borders, look.borders ?? {}),
  }
}

function fontWith({ color: oldColor, ...font }: Font, look: Look): Font {
  const { font: name, size, isBold, isItalic, isUnderlined, isStruck } = look
  const color = look.color ?? oldColor
  return { ...font, ...given({ name, size, isBold, isItalic, isUnderlined, isStruck }), ...(color && { color }) }
}

function bordersWith(before: CellStyle['borders'], change: NonNullable<Look['borders']>): CellStyle['borders'] {
  const drawn = sides.flatMap((side): [Side, Border][] => {
    const border = change[side] === undefined ? before[side] : change[side]
    return border ? [[side, border]] : []
  })
  return Object.fromEntries(drawn)
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>

/** Whether two styles look the same, as far as looks can be changed here. */
export const looksSame = (one: CellStyle, other: CellStyle): boolean => spelt(one) === spelt(other)

/** A style as a text in which whatever is not said and what is usual are the same. */
function spelt({
  format,
  font,
  fill = '',
  borders,
  horizontal = 'general',
  vertical,
  wraps,
  rotation,
}: CellStyle): string {
  const { name = '', size = 0, color = '', isBold, isItalic, isUnderlined, isStruck } = font
  const lines = sides.map((side) => [borders[side]?.line ?? '', borders[side]?.color ?? ''])
  const flags = [isBold, isItalic, isUnderlined, isStruck, wraps].map((flag) => flag === true)
  const placed = [horizontal, vertical ?? 'bottom', rotation ?? 0]
  return JSON.stringify([format, name, size, color, fill, flags, placed, lines])
}
