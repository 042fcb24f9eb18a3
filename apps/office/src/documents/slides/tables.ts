import { attributeOf, childOf, elementsOf, textOf, type XmlElement } from '../package/xml/xml-tree.ts'
import { colorIn } from './colors.ts'
import { fillIn, type Looks } from './fills.ts'
import { flagIn, numberIn, pixelsIn } from './lengths.ts'
import { lineIn } from './lines.ts'
import type { Fill, Line, Table, TableCell } from './slide.ts'
import { textBody } from './text-body.ts'

/** The styles of tables that a presentation holds, by their ids. */
export type TableStyles = ReadonlyMap<string, XmlElement>

export interface TableContext {
  readonly looks: Looks
  readonly plainText: XmlElement | undefined
  readonly styles: TableStyles
}

/** Reads the root of the part that holds the styles of tables. */
export const readTableStyles = (root: XmlElement): TableStyles =>
  new Map(elementsOf(root).map((style) => [attributeOf(style, 'styleId') ?? '', style]))

/** Reads a table. */
export function readTable(table: XmlElement, context: TableContext): Table {
  const properties = childOf(table, 'tblPr')
  const id = properties && childOf(properties, 'tableStyleId')
  const style = id && context.styles.get(textOf(id).trim())
  const grid = childOf(table, 'tblGrid')
  const rows = elementsOf(table).filter(({ local }) => local === 'tr')
  const cellOf = cellReader(context, style)
  return {
    columns: (grid ? elementsOf(grid) : []).map((column) => pixelsIn(column, 'w') ?? 0),
    rows: rows.map((row, index) => ({
      height: pixelsIn(row, 'h') ?? 0,
      cells: cellsIn(row).flatMap((cell, column, all) => {
        const isCovered = flagIn(cell, 'hMerge') || flagIn(cell, 'vMerge')
        const place = {
          row: index,
          column,
          isLastRow: index === rows.length - 1,
          isLastColumn: column === all.length - 1,
        }
        return isCovered ? [] : [cellOf(cell, regions(properties, place))]
      }),
    })),
  }
}

const cellsIn = (row: XmlElement) => elementsOf(row).filter(({ local }) => local === 'tc')

interface Place {
  readonly row: number
  readonly column: number
  readonly isLastRow: boolean
  readonly isLastColumn: boolean
}

/** The regions of a style that a cell lies in, the most general first. */
function regions(
  properties: XmlElement | undefined,
  { row, column, isLastRow, isLastColumn }: Place,
): readonly string[] {
  const has = (local: string) => flagIn(properties, local) ?? false
  const [rowNumber, columnNumber] = [row - (has('firstRow') ? 1 : 0), column - (has('firstCol') ? 1 : 0)]
  return [
    'wholeTbl',
    ...(has('bandRow') && rowNumber >= 0 ? [rowNumber % 2 === 0 ? 'band1H' : 'band2H'] : []),
    ...(has('bandCol') && columnNumber >= 0 ? [columnNumber % 2 === 0 ? 'band1V' : 'band2V'] : []),
    ...(has('lastCol') && isLastColumn ? ['lastCol'] : []),
    ...(has('firstCol') && column === 0 ? ['firstCol'] : []),
    ...(has('lastRow') && isLastRow ? ['lastRow'] : []),
    ...(has('firstRow') && row === 0 ? ['firstRow'] : []),
  ]
}

const sides = [
  ['left', 'lnL', ['left', 'insideV']],
  ['right', 'lnR', ['right', 'insideV']],
  ['top', 'lnT', ['top', 'insideH']],
  ['bottom', 'lnB', ['bottom', 'insideH']],
] as const

function cellReader({ looks, plainText }: TableContext, style: XmlElement | undefined) {
  return (cell: XmlElement, inRegions: readonly string[]): TableCell => {
    const own = childOf(cell, 'tcPr')
    const styled = inRegions.flatMap((name) => (style && childOf(style, name)) ?? []).reverse()
    const cellStyles = styled.flatMap((one) => childOf(one, 'tcStyle') ?? [])
    const fill = fillIn(own, looks) ?? firstOf(cellStyles, (one) => fillIn(childOf(one, 'fill') ?? one, looks))
    const texts = styled.flatMap((one) => childOf(one, 'tcTxStyle') ?? [])
    const color = firstOf(texts, (one) => colorIn(one, looks.palette))
    const body = childOf(cell, 'txBody')
    return {
      across: numberIn(cell, 'gridSpan') ?? 1,
      down: numberIn(cell, 'rowSpan') ?? 1,
      text: withCell(body ? bodyOf(body, { looks, plainText, color }) : noText, own, texts),
      ...(fill && fill.is !== 'none' && { fill: fill satisfies Fill }),
      borders: bordersOf(own, cellStyles, looks),
    }
  }
}

const bodyOf = (
  body: XmlElement,
  { looks, plainText, color }: { looks: Looks; plainText: XmlElement | undefined; color: string | undefined },
) => textBody(body, { looks, lists: plainText ? [plainText] : [], bodies: [], ...(color !== undefined && { color }) })

const noText: TableCell['text'] = {
  paragraphs: [],
  insets: { left: 0, top: 0, right: 0, bottom: 0 },
  anchor: 'top',
  wraps: true,
  turned: 0,
  scale: 1,
  tightened: 0,
}

const anchors: Readonly<Record<string, TableCell['text']['anchor']>> = { ctr: 'middle', b: 'bottom' }

/** What a cell says of its text, and a style of all text in it. */
function withCell(
  text: TableCell['text'],
  own: XmlElement | undefined,
  texts: readonly XmlElement[],
): TableCell['text'] {
  const isBold = firstOf(texts, (one) =>
    attributeOf(one, 'b') === undefined ? undefined : attributeOf(one, 'b') === 'on',
  )
  const bold = <T extends { readonly isBold: boolean }>(one: T): T => (isBold ? { ...one, isBold } : one)
  return {
    ...text,
    anchor: anchors[(own && attributeOf(own, 'anchor')) ?? ''] ?? 'top',
    insets: {
      left: pixelsIn(own, 'marL') ?? 9.6,
      right: pixelsIn(own, 'marR') ?? 9.6,
      top: pixelsIn(own, 'marT') ?? 4.8,
      bottom: pixelsIn(own, 'marB') ?? 4.8,
    },
    paragraphs: text.paragraphs.map((paragraph) => ({
      ...paragraph,
      runs: paragraph.runs.map((run) => ({ ...run, style: bold(run.style) })),
    })),
  }
}

function bordersOf(own: XmlElement | undefined, styles: readonly XmlElement[], looks: Looks): TableCell['borders'] {
  const found = sides.map(([side, local, named]): readonly [string, Line | null | undefined] => {
    const said = own && lineIn(childOf(own, local), looks)
    return [side, said === undefined ? firstOf(styles, (one) => styledBorder(one, named, looks)) : said]
  })
  return Object.fromEntries(found.filter(([, line]) => line))
}

function styledBorder(style: XmlElement, names: readonly string[], looks: Looks): Line | null | undefined {
  const borders = childOf(style, 'tcBdr')
  const found = borders && elementsOf(borders).find(({ local }) => names.includes(local))
  return found && lineIn(childOf(found, 'ln'), looks)
}

function firstOf<T>(all: readonly XmlElement[], read: (one: XmlElement) => T | undefined): T | undefined {
  for (const one of all) {
    const value = read(one)
    if (value !== undefined) return value
  }
  return undefined
}
