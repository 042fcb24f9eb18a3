import type { Border } from './workbook.ts'
import { isWritable } from './xml/text.ts'

/** The sides of a cell that lines are drawn on. */
export const sides = ['left', 'right', 'top', 'bottom'] as const

export type Side = (typeof sides)[number]

/** How a cell is to look, as far as that is another than its file says. What is absent stays. */
export interface Look {
  readonly format?: string
  readonly font?: string
  /** In points. */
  readonly size?: number
  readonly isBold?: boolean
  readonly isItalic?: boolean
  readonly isUnderlined?: boolean
  readonly isStruck?: boolean
  /** `RRGGBB`; empty: whatever is usual. */
  readonly color?: string
  /** `RRGGBB`; empty: none. */
  readonly fill?: string
  /** As the file names it; `general`: by what is in the cell. */
  readonly horizontal?: string
  readonly vertical?: string
  readonly wraps?: boolean
  /** In degrees, as `CellStyle` has it. */
  readonly rotation?: number
  /** `null`: no line. */
  readonly borders?: Readonly<Partial<Record<Side, Border | null>>>
}

const horizontals: ReadonlySet<unknown> = new Set([
  'general',
  'left',
  'center',
  'right',
  'fill',
  'justify',
  'centerContinuous',
  'distributed',
])
const verticals: ReadonlySet<unknown> = new Set(['top', 'center', 'bottom', 'justify', 'distributed'])
const lines: ReadonlySet<unknown> = new Set(
  'thin hair dotted dashed dashDot dashDotDot double medium mediumDashed mediumDashDot mediumDashDotDot slantDashDot thick'.split(
    ' ',
  ),
)

const isText = (raw: unknown, most: number): raw is string =>
  typeof raw === 'string' && raw !== '' && raw.length <= most && isWritable(raw)
const isFlag = (raw: unknown): boolean => typeof raw === 'boolean'
const isColor = (raw: unknown): raw is string => typeof raw === 'string' && /^([\dA-F]{6})?$/.test(raw)
const isNumber = (raw: unknown, least: number, most: number): boolean =>
  typeof raw === 'number' && raw >= least && raw <= most

const checks: Readonly<Record<Exclude<keyof Look, 'borders'>, (raw: unknown) => boolean>> = {
  format: (raw) => isText(raw, 255),
  font: (raw) => isText(raw, 31),
  size: (raw) => isNumber(raw, 1, 409),
  isBold: isFlag,
  isItalic: isFlag,
  isUnderlined: isFlag,
  isStruck: isFlag,
  color: isColor,
  fill: isColor,
  horizontal: (raw) => horizontals.has(raw),
  vertical: (raw) => verticals.has(raw),
  wraps: isFlag,
  rotation: (raw) => isNumber(raw, -90, 90) || raw === 255,
}

/** A look as another browser has sent it: what may not be, is left out. */
export function readLook(raw: unknown): Look {
  if (typeof raw !== 'object' || raw === null) return {}
  const kept = Object.entries(checks).flatMap(([name, isFine]) => {
    const value: unknown = Reflect.get(raw, name)
    return isFine(value) ? [[name, value]] : []
  })
  const borders = readBorders(Reflect.get(raw, 'borders'))
  return { ...Object.fromEntries(kept), ...(borders && { borders }) }
}

function readBorders(raw: unknown): Look['borders'] | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const found = sides.flatMap((side): [Side, Border | null][] => {
    const border: unknown = Reflect.get(raw, side)
    if (border === null) return [[side, null]]
    const line: unknown = typeof border === 'object' && border ? Reflect.get(border, 'line') : undefined
    const color: unknown = typeof border === 'object' && border ? Reflect.get(border, 'color') : undefined
    if (typeof line !== 'string' || !lines.has(line)) return []
    return [[side, { line, ...(isColor(color) && color !== '' && { color }) }]]
  })
  return found.length > 0 ? Object.fromEntries(found) : undefined
}
