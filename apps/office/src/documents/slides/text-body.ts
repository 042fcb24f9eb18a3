import { attributeOf, childOf, elementsOf, textOf, type XmlElement } from '../package/xml/xml-tree.ts'
import type { Looks } from './fills.ts'
import { numberIn, pixelsIn, shareIn } from './lengths.ts'
import { paragraphStyle } from './paragraph-style.ts'
import { lastOf, runStyle } from './run-style.ts'
import type { TextBody, TextParagraph, TextRun } from './slide.ts'

/** What a text takes its looks from besides what it says itself, the most general first. */
export interface TextLooks {
  readonly looks: Looks
  /** Lists of styles for the levels of paragraphs. */
  readonly lists: readonly XmlElement[]
  /** Properties of the text as a whole. */
  readonly bodies: readonly XmlElement[]
  readonly color?: string
}

const anchors: Readonly<Record<string, TextBody['anchor']>> = { t: 'top', ctr: 'middle', b: 'bottom' }
const turns: Readonly<Record<string, number>> = { vert: 90, eaVert: 90, vert270: 270 }
/** What is inset at the sides, and at the top and the bottom, where nothing is said of it. */
const [aside, above] = [9.6, 4.8]

/** Reads an element of text: `txBody`. */
export function textBody(element: XmlElement, given: TextLooks): TextBody {
  const own = childOf(element, 'bodyPr')
  const bodies = [...given.bodies, ...(own ? [own] : [])]
  const list = childOf(element, 'lstStyle')
  const styled = { ...given, lists: [...given.lists, ...(list ? [list] : [])] }
  const inset = (local: string, usual: number) => lastOf(bodies, (one) => pixelsIn(one, local)) ?? usual
  const fitting = lastOf(bodies, (one) => childOf(one, 'normAutofit'))
  const paragraphs = elementsOf(element).filter(({ local }) => local === 'p')
  return {
    paragraphs: paragraphs.map((paragraph) => textParagraph(paragraph, styled)),
    insets: {
      left: inset('lIns', aside),
      right: inset('rIns', aside),
      top: inset('tIns', above),
      bottom: inset('bIns', above),
    },
    anchor: anchors[lastOf(bodies, (one) => attributeOf(one, 'anchor')) ?? ''] ?? 'top',
    wraps: lastOf(bodies, (one) => attributeOf(one, 'wrap')) !== 'none',
    turned: turns[lastOf(bodies, (one) => attributeOf(one, 'vert')) ?? ''] ?? 0,
    scale: shareIn(fitting, 'fontScale') ?? 1,
    tightened: shareIn(fitting, 'lnSpcReduction') ?? 0,
  }
}

function textParagraph(paragraph: XmlElement, { looks, lists, color }: TextLooks): TextParagraph {
  const own = childOf(paragraph, 'pPr')
  const level = numberIn(own, 'lvl') ?? 0
  const levels = lists.flatMap((list) => [childOf(list, 'defPPr'), childOf(list, `lvl${level + 1}pPr`)])
  const chain = [...levels, own].filter((one) => one !== undefined)
  const runs = chain.map((one) => childOf(one, 'defRPr')).filter((one) => one !== undefined)
  const styled = (properties: XmlElement | undefined) =>
    runStyle(properties ? [...runs, properties] : runs, looks, color)
  return {
    start: paragraph.start,
    style: paragraphStyle(chain, level, looks),
    runs: elementsOf(paragraph).flatMap((one) => runOf(one, styled)),
    empty: styled(childOf(paragraph, 'endParaRPr')),
  }
}

function runOf(element: XmlElement, styled: (properties: XmlElement | undefined) => TextRun['style']): TextRun[] {
  const style = () => styled(childOf(element, 'rPr'))
  if (element.local === 'br') return [{ is: 'break', text: '', style: style() }]
  if (element.local !== 'r' && element.local !== 'fld') return []
  const text = childOf(element, 't')
  return [{ is: 'text', text: text ? textOf(text) : '', style: style() }]
}
