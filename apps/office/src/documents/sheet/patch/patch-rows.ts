import type { Line } from '../changes.ts'
import type { CellMark, RowMark, SheetMarks } from '../read/sheet-marks.ts'
import { placeName } from '../reference.ts'
import { plainAttribute } from '../xml/attributes.ts'
import { escapeXml } from '../xml/text.ts'
import { type Splice, withAttribute } from './splices.ts'

/** A cell's new markup, by its column. */
export interface CellPlan {
  readonly column: number
  readonly markup: string
}

/** What a row is to have. Cells come in the order of their columns. */
export interface RowPlan {
  readonly cells: readonly CellPlan[]
  readonly line?: Line
}

/** The splices that change a row that is there. */
export function patchRow({ xml }: SheetMarks, row: RowMark, { cells, line }: RowPlan): readonly Splice[] {
  const byColumn = new Map(row.cells.map((cell) => [cell.place.column, cell]))
  const added = cells.filter(({ column }) => !byColumn.has(column))
  const replaced = cells.flatMap(({ column, markup }): readonly Splice[] => {
    const before = byColumn.get(column)
    return before ? [{ from: before.from, to: before.to, text: markup }] : []
  })
  const before = xml.slice(row.tag.start, row.tag.end)
  const tag = withLine(widened(before, row.attributes['spans'], added), line)
  if (row.tag.is === 'empty' && added.length > 0) return [openedRow(tag, row, added)]
  const tagSplices = tag === before ? [] : [{ from: row.tag.start, to: row.tag.end, text: tag }]
  if (added.length === 0) return [...tagSplices, ...replaced]
  const changed = new Set(replaced.map(({ from }) => from))
  const untouched = row.cells.filter(({ from }) => !changed.has(from))
  return [...tagSplices, ...replaced, ...insertions(row, added), ...named(xml, untouched)]
}

/** A row that was not there. */
export function newRow(prefix: string, index: number, { cells, line }: RowPlan): string {
  const tag = withLine(`<${prefix}row r="${index + 1}">`, line)
  return `${tag}${markupOf(cells)}</${prefix}row>`
}

const markupOf = (plans: readonly CellPlan[]): string => plans.map(({ markup }) => markup).join('')

function openedRow(tag: string, row: RowMark, plans: readonly CellPlan[]): Splice {
  const opened = tag.replace(/\s*\/>$/, '>')
  return { from: row.tag.start, to: row.tag.end, text: `${opened}${markupOf(plans)}</${row.tag.prefix}row>` }
}

/** A row's tag that says how high it is, and whether it is seen. */
function withLine(tag: string, { size, isHidden }: Line = {}): string {
  const sized = size === undefined ? tag : withAttribute(withAttribute(tag, 'ht', String(size)), 'customHeight', '1')
  return isHidden === undefined ? sized : withAttribute(sized, 'hidden', isHidden ? '1' : undefined)
}

/** Cells that are added go before the next one that is there, or to the end of the row. */
function insertions({ tag, cells, to }: RowMark, added: readonly CellPlan[]): readonly Splice[] {
  const end = to - `</${tag.prefix}row>`.length
  const places = new Map<number, CellPlan[]>()
  for (const plan of added) {
    const next = cells.find(({ place }) => place.column > plan.column)
    const at = next?.from ?? end
    places.set(at, [...(places.get(at) ?? []), plan])
  }
  return [...places].map(([at, plans]) => ({ from: at, to: at, text: markupOf(plans) }))
}

/** Cells that do not say where they are would be pushed aside by new ones: now they say it. */
const named = (xml: string, cells: readonly CellMark[]): readonly Splice[] =>
  cells
    .filter(({ tag }) => plainAttribute(tag, 'r') === undefined)
    .map(({ tag, place }) => ({
      from: tag.start,
      to: tag.end,
      text: withAttribute(xml.slice(tag.start, tag.end), 'r', placeName(place)),
    }))

/** A row may say between which columns it has cells. */
function widened(tag: string, spans: string | undefined, plans: readonly CellPlan[]): string {
  const [, from, to] = /^(\d+):(\d+)$/.exec(spans ?? '') ?? []
  if (!from || !to || plans.length === 0) return tag
  const columns = plans.map(({ column }) => column + 1)
  return withAttribute(
    tag,
    'spans',
    escapeXml(`${Math.min(Number(from), ...columns)}:${Math.max(Number(to), ...columns)}`),
  )
}
