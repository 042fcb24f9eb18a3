import { DocumentError } from '../../package/document-error.ts'
import type { Look } from '../look.ts'
import { builtInNumber } from '../read/built-in-formats.ts'
import { childOf, type Element, elementsOf } from '../read/elements.ts'
import { escapeXml } from '../xml/text.ts'
import { type GrownList, grownList, growthSplices } from './grown-list.ts'
import { spliced, withAttribute } from './splices.ts'
import { alignmentMarkup, bordersMarkup, fillMarkup, fontMarkup, markupOf, type Spelling } from './style-parts.ts'

/** The styles of a workbook, to which new ones can be added. */
export interface StylesPatch {
  /** The number of the style that is as the given one but for a look. */
  styleWith(style: number, look: Look): number
  readonly isChanged: boolean
  xml(): string
}

/** As many as programs for workbooks take. */
const mostStyles = 64_000

/** Adds styles to a part; those that are there stay as they are, under their numbers. */
export function patchStyles(given: string): StylesPatch {
  const xml = opened(given)
  const root = elementsOf(xml, 'styleSheet')
  const spelling = { xml, prefix: root.open.prefix }
  const lists = listsOf(root, spelling.prefix)
  const numberOf = formatNumbers(root, lists.numFmts, spelling.prefix)
  const made = new Map<string, number>()

  const add = (style: number, look: Look): number => {
    const known = lists.cellXfs.known
    const base = known[style] ?? known[0]
    const number = lists.cellXfs.add(xfMarkup({ spelling, lists, numberOf }, base, look))
    if (number >= mostStyles) throw tooMany()
    return number
  }
  return {
    styleWith(style, look) {
      const key = `${style} ${JSON.stringify(look)}`
      const number = made.get(key) ?? add(style, look)
      made.set(key, number)
      return number
    },
    get isChanged() {
      return made.size > 0
    },
    xml: () =>
      spliced(
        xml,
        Object.entries(lists).flatMap((list) => growthSplices(xml, root, list)),
      ),
  }
}

/** The same part, with room for something in it. */
function opened(xml: string): string {
  const { open, close } = elementsOf(xml, 'styleSheet')
  if (open !== close) return xml
  const tag = xml.slice(open.start, open.end).replace(/\s*\/>$/, '>')
  return `${xml.slice(0, open.start)}${tag}</${open.prefix}styleSheet>${xml.slice(open.end)}`
}

type Lists = Readonly<Record<'numFmts' | 'fonts' | 'fills' | 'borders' | 'cellXfs', GrownList>>

/** What each list begins with: the first of each is what cells look like that say nothing. */
const listsOf = (root: Element, prefix: string): Lists => ({
  numFmts: grownList(root, 'numFmts'),
  fonts: grownList(root, 'fonts', [
    `<${prefix}font><${prefix}sz val="11"/><${prefix}name val="Calibri"/></${prefix}font>`,
  ]),
  fills: grownList(root, 'fills', [
    `<${prefix}fill><${prefix}patternFill patternType="none"/></${prefix}fill>`,
    `<${prefix}fill><${prefix}patternFill patternType="gray125"/></${prefix}fill>`,
  ]),
  borders: grownList(root, 'borders', [`<${prefix}border/>`]),
  cellXfs: grownList(root, 'cellXfs', [`<${prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`]),
})

const tooMany = () =>
  new DocumentError('would-lose', 'This workbook is not saved, because it would have more styles than programs take.')

/** The numbers that formats go by. New ones get the next that is free. */
function formatNumbers(root: Element, list: GrownList, prefix: string): (format: string) => number {
  const formats = new Map<string, number>()
  for (const { attributes } of childOf(root, 'numFmts')?.children ?? []) {
    formats.set(attributes['formatCode'] ?? '', Number(attributes['numFmtId']))
  }
  let last = Math.max(163, ...formats.values())
  return (format) => {
    const found = builtInNumber(format) ?? formats.get(format)
    if (found !== undefined) return found
    last += 1
    formats.set(format, last)
    list.add(`<${prefix}numFmt numFmtId="${last}" formatCode="${escapeXml(format)}"/>`)
    return last
  }
}

interface Making {
  readonly spelling: Spelling
  readonly lists: Lists
  readonly numberOf: (format: string) => number
}

const ofFont = ['font', 'size', 'isBold', 'isItalic', 'isUnderlined', 'isStruck', 'color'] as const
const ofAlignment = ['horizontal', 'vertical', 'wraps', 'rotation'] as const

/** The style that is as `base` but for a look. */
function xfMarkup({ spelling, lists, numberOf }: Making, base: Element | undefined, look: Look): string {
  const { xml, prefix } = spelling
  const said = (name: string): Element | undefined =>
    lists[name === 'fontId' ? 'fonts' : 'borders'].known[Number(base?.attributes[name] ?? 0)]
  let tag = base
    ? xml.slice(base.open.start, base.open.end)
    : `<${prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`
  const set = (name: string, number: number, applies: string) => {
    tag = withAttribute(withAttribute(tag, name, String(number)), applies, '1')
  }
  if (look.format !== undefined) set('numFmtId', numberOf(look.format), 'applyNumberFormat')
  if (ofFont.some((name) => look[name] !== undefined)) {
    set('fontId', lists.fonts.add(fontMarkup(spelling, said('fontId'), look)), 'applyFont')
  }
  if (look.fill !== undefined) {
    set('fillId', look.fill === '' ? 0 : lists.fills.add(fillMarkup(spelling, look.fill)), 'applyFill')
  }
  if (look.borders) {
    set('borderId', lists.borders.add(bordersMarkup(spelling, said('borderId'), look.borders)), 'applyBorder')
  }
  const children = (base?.children ?? []).map((child) => [child.name, markupOf(xml, child)] as const)
  if (!ofAlignment.some((name) => look[name] !== undefined)) return withChildren(tag, prefix, children)
  tag = withAttribute(tag, 'applyAlignment', '1')
  const alignment = alignmentMarkup(spelling, base && childOf(base, 'alignment'), look)
  return withChildren(tag, prefix, [['alignment', alignment], ...children.filter(([name]) => name !== 'alignment')])
}

function withChildren(tag: string, prefix: string, children: readonly (readonly [string, string])[]): string {
  const bare = tag.replace(/\s*\/?>$/, '')
  if (children.length === 0) return `${bare}/>`
  return `${bare}>${children.map(([, markup]) => markup).join('')}</${prefix}xf>`
}
