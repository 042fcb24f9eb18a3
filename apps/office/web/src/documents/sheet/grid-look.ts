import {
  BooleanNumber,
  type BorderStyleTypes,
  type IBorderData,
  type IBorderStyleData,
  type IColorStyle,
  type IStyleData,
  type Nullable,
  WrapStrategy,
} from '@univerjs/core'
import { type Look, type Side, sides } from '../../../../src/documents/sheet/look.ts'
import type { Border } from '../../../../src/documents/sheet/workbook.ts'
import { across, down, lines } from './grid-styles.ts'

type Plain = Required<Omit<Look, 'format' | 'borders'>>

/** How a cell looks in the grid, where that is another look than `before`. */
export function lookOf(before: IStyleData, now: IStyleData): Look {
  const [was, is] = [plainLook(before, before), plainLook(now, before)]
  const changed = Object.entries(is).filter(([name, value]) => Reflect.get(was, name) !== value)
  const borders = changedBorders(before.bd, now.bd)
  return { ...Object.fromEntries(changed), ...(borders && { borders }) }
}

/** What a cell does not say is as usual; its font, as it was. */
function plainLook(style: IStyleData, usual: IStyleData): Plain {
  const { bl, it, ul, st, cl, bg, ht, vt, tb, tr } = style
  return {
    font: familyOf(style.ff ?? usual.ff),
    size: style.fs ?? usual.fs ?? 11,
    isBold: bl === BooleanNumber.TRUE,
    isItalic: it === BooleanNumber.TRUE,
    isUnderlined: ul?.s === BooleanNumber.TRUE,
    isStruck: st?.s === BooleanNumber.TRUE,
    color: hexOf(cl) === '000000' ? '' : hexOf(cl),
    fill: hexOf(bg),
    horizontal: nameOf(across, ht) ?? 'general',
    vertical: nameOf(down, vt) ?? 'bottom',
    wraps: tb === WrapStrategy.WRAP,
    rotation: tr?.v === BooleanNumber.TRUE ? 255 : tr?.a ? -tr.a : 0,
  }
}

/** The first family of a list. */
const familyOf = (families: Nullable<string>): string =>
  (families ?? '')
    .split(',')[0]
    ?.trim()
    .replace(/^["']|["']$/g, '') ?? ''

const nameOf = <T>(names: Readonly<Record<string, T>>, value: T | null | undefined): string | undefined =>
  Object.entries(names).find(([, one]) => one === value)?.[0]

/** `RRGGBB`; empty where there is none. */
function hexOf(color: Nullable<IColorStyle>): string {
  const text = color?.rgb ?? ''
  const long = /^#?([\da-f]{6})$/i.exec(text)?.[1]
  if (long) return long.toUpperCase()
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text)
  if (short)
    return short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')
      .toUpperCase()
  const parts = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})/i.exec(text)?.slice(1)
  return (
    parts
      ?.map((part) => Math.min(255, Number(part)).toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase() ?? ''
  )
}

const keys = { left: 'l', right: 'r', top: 't', bottom: 'b' } as const satisfies Record<Side, keyof IBorderData>

function changedBorders(before: Nullable<IBorderData>, now: Nullable<IBorderData>): Look['borders'] | undefined {
  const changed = sides.flatMap((side): [Side, Border | null][] => {
    const [was, is] = [borderOf(before?.[keys[side]]), borderOf(now?.[keys[side]])]
    return was?.line === is?.line && was?.color === is?.color ? [] : [[side, is ?? null]]
  })
  return changed.length > 0 ? Object.fromEntries(changed) : undefined
}

function borderOf(border: Nullable<IBorderStyleData>): Border | undefined {
  const line = border ? nameOf<BorderStyleTypes>(lines, border.s) : undefined
  return line === undefined ? undefined : { line, color: hexOf(border?.cl) || '000000' }
}
