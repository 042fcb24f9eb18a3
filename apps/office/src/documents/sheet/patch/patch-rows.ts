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

/** The splices that put cells into a row that is there. Plans come in the order of their columns. */
export function patchRow({ xml }: SheetMarks, row: RowMark, plans: readonly CellPlan[]): readonly Splice[] {
  const byColumn = new Map(row.cells.map((cell) => [cell.place.column, cell]))
  const added = plans.filter(({ column }) => !byColumn.has(column))
  const replaced = plans.flatMap(({ column, markup }): readonly Splice[] => {
    const before = byColumn.get(column)
    return before ? [{ from: before.from, to: before.to, text: markup }] : []
  })
  if (added.length === 0) return replaced
  if (row.tag.is === 'empty') return [openedRow(xml, row, added)]
  const changed = new Set(replaced.map(({ from }) => from))
  const untouched = row.cells.filter(({ from }) => !changed.has(from))
  return [...spans(xml, row, added), ...replaced, ...insertions(row, added), ...named(xml, untouched)]
}

/** A row of nothing but new cells. */
export const newRow = (prefix: string, index: number, plans: readonly CellPlan[]): string =>
  `<${prefix}row r="${index + 1}">${markupOf(plans)}</${prefix}row>`

const markupOf = (plans: readonly CellPlan[]): string => plans.map(({ markup }) => markup).join('')

function openedRow(xml: string, { tag, attributes }: RowMark, plans: readonly CellPlan[]): Splice {
  const opened = widened(xml.slice(tag.start, tag.end), attributes['spans'], plans).replace(/\s*\/>$/, '>')
  return { from: tag.start, to: tag.end, text: `${opened}${markupOf(plans)}</${tag.prefix}row>` }
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

function spans(xml: string, { tag, attributes }: RowMark, added: readonly CellPlan[]): readonly Splice[] {
  const before = xml.slice(tag.start, tag.end)
  const text = widened(before, attributes['spans'], added)
  return text === before ? [] : [{ from: tag.start, to: tag.end, text }]
}

/** A row may say between which columns it has cells. */
function widened(tag: string, spans: string | undefined, plans: readonly CellPlan[]): string {
  const [, from, to] = /^(\d+):(\d+)$/.exec(spans ?? '') ?? []
  if (!from || !to) return tag
  const columns = plans.map(({ column }) => column + 1)
  return withAttribute(
    tag,
    'spans',
    escapeXml(`${Math.min(Number(from), ...columns)}:${Math.max(Number(to), ...columns)}`),
  )
}
