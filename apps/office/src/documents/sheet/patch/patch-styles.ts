import { builtInNumber } from '../read/built-in-formats.ts'
import { childOf, type Element, elementsOf } from '../read/elements.ts'
import { escapeXml } from '../xml/text.ts'
import { type Splice, spliced, withAttribute } from './splices.ts'

/** The styles of a workbook, to which new ones can be added. */
export interface StylesPatch {
  /** The number of the style that is as the given one but for its number format. */
  styleWith(style: number, format: string): number
  readonly isChanged: boolean
  xml(): string
}

/** Adds styles to a part; those that are there stay as they are, under their numbers. */
export function patchStyles(xml: string): StylesPatch {
  const root = elementsOf(xml, 'styleSheet')
  const styles = childOf(root, 'cellXfs')
  const known = styles?.children ?? []
  const formats = new Map<string, number>()
  for (const { attributes } of childOf(root, 'numFmts')?.children ?? []) {
    formats.set(attributes['formatCode'] ?? '', Number(attributes['numFmtId']))
  }
  const newFormats: string[] = []
  const newStyles: string[] = []

  const numberOf = (format: string): number => {
    const found = builtInNumber(format) ?? formats.get(format)
    if (found !== undefined) return found
    const number = Math.max(163, ...formats.values()) + 1
    formats.set(format, number)
    newFormats.push(`<${root.open.prefix}numFmt numFmtId="${number}" formatCode="${escapeXml(format)}"/>`)
    return number
  }
  return {
    styleWith(style, format) {
      const base = known[style] ?? known[0]
      if (!styles || !base) return style
      const opened = withAttribute(xml.slice(base.open.start, base.open.end), 'numFmtId', String(numberOf(format)))
      const tag = withAttribute(opened, 'applyNumberFormat', '1')
      const markup = tag + xml.slice(base.open.end, base.close.end)
      const at = newStyles.indexOf(markup)
      return known.length + (at >= 0 ? at : newStyles.push(markup) - 1)
    },
    get isChanged() {
      return newStyles.length > 0
    },
    xml: () => spliced(xml, [...longer(xml, styles, newStyles), ...formatSplices(xml, root, newFormats)]),
  }
}

function formatSplices(xml: string, root: Element, added: readonly string[]): readonly Splice[] {
  const list = childOf(root, 'numFmts')
  if (list || added.length === 0) return longer(xml, list, added)
  const { prefix, end } = root.open
  const text = `<${prefix}numFmts count="${added.length}">${added.join('')}</${prefix}numFmts>`
  return [{ from: end, to: end, text }]
}

/** The splices that put `added` at the end of a list, and count it. */
function longer(xml: string, list: Element | undefined, added: readonly string[]): readonly Splice[] {
  if (!list || added.length === 0) return []
  const { open, close, children } = list
  const counted = withAttribute(xml.slice(open.start, open.end), 'count', String(children.length + added.length))
  if (open === close) {
    const text = `${counted.replace(/\s*\/>$/, '>')}${added.join('')}</${open.prefix}${list.name}>`
    return [{ from: open.start, to: open.end, text }]
  }
  return [
    { from: open.start, to: open.end, text: counted },
    { from: close.start, to: close.start, text: added.join('') },
  ]
}
