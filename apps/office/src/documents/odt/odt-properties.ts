import { attributeOf, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Looks } from './odt-looks.ts'

type Say = (raw: string, fonts: ReadonlyMap<string, string>) => Looks

const length = (raw: string): string | undefined =>
  /^-?\d*\.?\d+(cm|mm|in|pt|px|pc|em|%)$/.test(raw) ? raw : undefined
const as =
  (name: string, accepted: (raw: string) => string | undefined): Say =>
  (raw) => {
    const value = accepted(raw)
    return value === undefined ? {} : { [name]: value }
  }
const color = (raw: string): string | undefined =>
  /^#[\da-f]{6}$/i.test(raw) || raw === 'transparent' ? raw : undefined
const border = (raw: string): string | undefined =>
  /^([\d.]+(cm|mm|in|pt|px) \w+ #[\da-f]{6}|none)$/i.test(raw) ? raw : undefined
const one =
  (words: Readonly<Record<string, string>>) =>
  (raw: string): string | undefined =>
    words[raw]

/** Which properties of OpenDocument are which ones of style sheets. */
const said: Readonly<Record<string, Say>> = {
  'font-size': as('fontSize', length),
  'font-weight': as('fontWeight', one({ normal: 'normal', bold: 'bold', '700': 'bold', '600': '600' })),
  'font-style': as('fontStyle', one({ normal: 'normal', italic: 'italic', oblique: 'italic' })),
  color: as('color', color),
  'background-color': as('backgroundColor', color),
  'font-variant': as('fontVariant', one({ 'small-caps': 'small-caps', normal: 'normal' })),
  'text-transform': as(
    'textTransform',
    one({ uppercase: 'uppercase', lowercase: 'lowercase', capitalize: 'capitalize' }),
  ),
  'letter-spacing': as('letterSpacing', length),
  'text-align': as(
    'textAlign',
    one({ start: 'start', left: 'left', end: 'end', right: 'right', center: 'center', justify: 'justify' }),
  ),
  'text-indent': as('textIndent', length),
  'line-height': as('lineHeight', (raw) =>
    raw.endsWith('%') ? String((Number.parseFloat(raw) / 100) * 1.2) : length(raw),
  ),
  'margin-left': as('marginLeft', length),
  'margin-right': as('marginRight', length),
  'margin-top': as('marginTop', length),
  'margin-bottom': as('marginBottom', length),
  padding: as('padding', length),
  border: as('border', border),
  'border-left': as('borderLeft', border),
  'border-right': as('borderRight', border),
  'border-top': as('borderTop', border),
  'border-bottom': as('borderBottom', border),
  'vertical-align': as('verticalAlign', one({ top: 'top', middle: 'middle', bottom: 'bottom' })),
  'column-width': as('width', length),
  'text-underline-style': (raw) =>
    raw === 'none' ? { textDecorationLine: 'none' } : { textDecorationLine: 'underline' },
  'text-line-through-style': (raw) => (raw === 'none' ? {} : { textDecorationLine: 'line-through' }),
  'text-position': (raw) => raised(raw),
  'writing-mode': as('direction', one({ 'rl-tb': 'rtl', rl: 'rtl', 'lr-tb': 'ltr', lr: 'ltr' })),
  'font-name': (raw, fonts) => ({ fontFamily: familyOf(fonts.get(raw) || raw) }),
}

function raised(raw: string): Looks {
  const [place = '', size = ''] = raw.split(/\s+/)
  const isUp = place === 'super' || Number.parseFloat(place) > 0
  const isDown = place === 'sub' || Number.parseFloat(place) < 0
  if (!isUp && !isDown) return {}
  return { verticalAlign: isUp ? 'super' : 'sub', fontSize: /^\d+%$/.test(size) ? size : '58%', lineHeight: '0' }
}

/** Free fonts that are as wide as those that documents of this format name. */
function familyOf(raw: string): string {
  const name =
    raw
      .replace(/["'\\]/g, '')
      .split(',')[0]
      ?.trim() ?? ''
  const isSerif = /serif|times|cambria|georgia|garamond|book|palatino|song|mincho/i.test(name) && !/sans/i.test(name)
  const isMono = /mono|courier|consol/i.test(name)
  return `"${name}", ${isMono ? '"Courier New", monospace' : isSerif ? '"Times New Roman", serif' : 'Arial, sans-serif'}`
}

/** What elements of properties say, put together. */
export function looksIn(properties: readonly XmlElement[], fonts: ReadonlyMap<string, string>): Looks {
  const looks: Record<string, string> = {}
  for (const element of properties.filter(({ local }) => local.endsWith('-properties'))) {
    for (const { local, value } of Object.values(element.attributes)) Object.assign(looks, said[local]?.(value, fonts))
  }
  return looks
}

/** A length in an attribute, such as `17cm`. */
export const lengthIn = (element: XmlElement | undefined, local: string): string | undefined => {
  const raw = element && attributeOf(element, local)
  return raw === undefined ? undefined : length(raw)
}
