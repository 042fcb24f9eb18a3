import type { Look } from '../look.ts'
import { sides } from '../look.ts'
import { childOf, type Element } from '../read/elements.ts'
import type { Border } from '../workbook.ts'
import { attributesOf } from '../xml/attributes.ts'
import { escapeXml } from '../xml/text.ts'

/** Elements of a part of styles, as they are spelt there. */
export interface Spelling {
  readonly xml: string
  /** Of the elements, with the colon. */
  readonly prefix: string
}

const fontOrder = 'b i strike condense extend outline shadow u vertAlign sz color name family charset scheme'.split(' ')

/** The font that is as `base` but for a look. */
export function fontMarkup({ xml, prefix }: Spelling, base: Element | undefined, look: Look): string {
  const parts = new Map((base?.children ?? []).map((child) => [child.name, markupOf(xml, child)]))
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) parts.delete(name)
    else parts.set(name, `<${prefix}${name}${value}/>`)
  }
  const flags = { b: look.isBold, i: look.isItalic, strike: look.isStruck, u: look.isUnderlined }
  for (const [name, isOn] of Object.entries(flags)) if (isOn !== undefined) set(name, isOn ? '' : undefined)
  if (look.size !== undefined) set('sz', ` val="${look.size}"`)
  if (look.color !== undefined) set('color', look.color === '' ? undefined : ` rgb="FF${look.color}"`)
  if (look.font !== undefined) {
    set('name', ` val="${escapeXml(look.font)}"`)
    // What is said of the old name: its kin, its script, and which font of the theme it is.
    for (const name of ['family', 'charset', 'scheme']) set(name, undefined)
  }
  const ordered = [...parts].sort(([one], [other]) => fontOrder.indexOf(one) - fontOrder.indexOf(other))
  return `<${prefix}font>${ordered.map(([, markup]) => markup).join('')}</${prefix}font>`
}

/** A fill of one colour. */
export const fillMarkup = ({ prefix }: Spelling, color: string): string =>
  `<${prefix}fill><${prefix}patternFill patternType="solid"><${prefix}fgColor rgb="FF${color}"/><${prefix}bgColor indexed="64"/></${prefix}patternFill></${prefix}fill>`

/** The borders that are as `base` but for a look. */
export function bordersMarkup(
  spelling: Spelling,
  base: Element | undefined,
  changed: NonNullable<Look['borders']>,
): string {
  const { xml, prefix } = spelling
  const drawn = sides.map((side) => {
    const border = changed[side]
    if (border !== undefined) return sideMarkup(prefix, side, border)
    const before = base && childOf(base, side)
    return before ? markupOf(xml, before) : `<${prefix}${side}/>`
  })
  const others = (base?.children ?? []).filter(({ name }) => !sides.some((side) => side === name))
  const diagonal = others.length > 0 ? others.map((child) => markupOf(xml, child)) : [`<${prefix}diagonal/>`]
  const said = base ? base.open.rest : ''
  return `<${prefix}border${said}>${drawn.join('')}${diagonal.join('')}</${prefix}border>`
}

function sideMarkup(prefix: string, side: string, border: Border | null): string {
  if (!border) return `<${prefix}${side}/>`
  const color = border.color === undefined ? 'auto="1"' : `rgb="FF${border.color}"`
  return `<${prefix}${side} style="${escapeXml(border.line)}"><${prefix}color ${color}/></${prefix}${side}>`
}

/** The element `alignment` of a style as it is with a look. */
export function alignmentMarkup({ prefix }: Spelling, base: Element | undefined, look: Look): string {
  const { horizontal, vertical, wraps, rotation } = look
  const turned = rotation === undefined ? undefined : rotation < 0 ? 90 - rotation : rotation
  const said: Readonly<Record<string, string | undefined>> = {
    ...(base && attributesOf(base.open)),
    ...(horizontal !== undefined && { horizontal: horizontal === 'general' ? undefined : horizontal }),
    ...(vertical !== undefined && { vertical }),
    ...(wraps !== undefined && { wrapText: wraps ? '1' : undefined }),
    ...(turned !== undefined && { textRotation: turned === 0 ? undefined : String(turned) }),
  }
  const spelt = Object.entries(said).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${escapeXml(value)}"`],
  )
  return `<${prefix}alignment${spelt.join('')}/>`
}

/** An element as it is spelt. */
export const markupOf = (xml: string, { open, close }: Element): string => xml.slice(open.start, close.end)
