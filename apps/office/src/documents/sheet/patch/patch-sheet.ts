import type { SheetChanges } from '../changes.ts'
import type { Look } from '../look.ts'
import type { SheetMarks } from '../read/sheet-marks.ts'
import { areaName, around, placeName, readArea } from '../reference.ts'
import type { CellStyle, Sheet } from '../workbook.ts'
import { attributesOf } from '../xml/attributes.ts'
import { withoutIdle } from './idle.ts'
import { knownCells } from './known-cells.ts'
import { layoutSplices } from './patch-layout.ts'
import { newRow, patchRow, type RowPlan } from './patch-rows.ts'
import { planCells } from './plan-cells.ts'
import { regroup } from './regroup.ts'
import { type Splice, spliced, withAttribute } from './splices.ts'

export interface SheetPatch {
  readonly xml: string
  /** Cells that were formulas are none any more. */
  readonly hasLostFormulas: boolean
  /** What is really another now: changes to what is there already are left out. */
  readonly changes: SheetChanges
}

export interface PatchContext {
  /** As it was read from the same part. */
  readonly sheet: Sheet
  readonly styles: readonly CellStyle[]
  /** The number of the style that is as the given one but for a look. */
  readonly styleWith: (style: number, look: Look) => number
}

/** A sheet's part with some of its cells and its layout changed, and nothing else. */
export function patchSheet(marks: SheetMarks, asked: SheetChanges, context: PatchContext): SheetPatch {
  const { sheet, styles, styleWith } = context
  const known = knownCells(marks, sheet)
  const changes = withoutIdle(asked, { sheet, known, styles })
  const typed = new Set(changes.typed.map(placeName))
  const regrouped = regroup(marks, (name) => typed.has(name))
  const { prefix } = marks.data.tag
  const cells = planCells(changes, { known, prefix, regrouped, styleWith })
  const plans = new Map<number, RowPlan>([...cells].map(([row, list]) => [row, { cells: list }]))
  for (const { index, ...line } of changes.rows ?? []) plans.set(index, { cells: cells.get(index) ?? [], line })
  const layout = layoutSplices(marks, changes, sheet)
  return {
    xml: spliced(marks.xml, [...rowSplices(marks, plans), ...dimension(marks, changes), ...layout]),
    hasLostFormulas: changes.typed.some(
      (change) => known.at(change)?.mark.formula !== undefined && change.formula === undefined,
    ),
    changes,
  }
}

function rowSplices(marks: SheetMarks, plans: ReadonlyMap<number, RowPlan>): readonly Splice[] {
  const { xml, rows, data } = marks
  const known = new Map(rows.map((row) => [row.index, row]))
  const changed = [...plans].flatMap(([index, plan]) => {
    const row = known.get(index)
    return row ? patchRow(marks, row, plan) : []
  })
  const added = [...plans].filter(([index]) => !known.has(index)).sort(([one], [other]) => one - other)
  if (added.length === 0) return changed
  const { prefix } = data.tag
  const markup = ([index, plan]: (typeof added)[number]) => newRow(prefix, index, plan)
  if (data.tag.is === 'empty') {
    const opened = xml.slice(data.tag.start, data.tag.end).replace(/\s*\/>$/, '>')
    return [{ from: data.from, to: data.to, text: `${opened}${added.map(markup).join('')}</${prefix}sheetData>` }]
  }
  const end = data.to - `</${prefix}sheetData>`.length
  const places = new Map<number, string>()
  for (const row of added) {
    const at = rows.find(({ index }) => index > row[0])?.from ?? end
    places.set(at, (places.get(at) ?? '') + markup(row))
  }
  return [...changed, ...[...places].map(([at, text]) => ({ from: at, to: at, text }))]
}

/** Sheets say how far their cells reach. */
function dimension({ xml, tags }: SheetMarks, { typed, looks = [] }: SheetChanges): readonly Splice[] {
  const tag = tags.find(({ name, is }) => name === 'dimension' && is !== 'close')
  const before = tag && readArea(attributesOf(tag)['ref'] ?? '')
  if (!tag || !before) return []
  const filled = typed.filter(({ value, formula }) => value !== null || formula !== undefined)
  const after = [...filled, ...looks].reduce(around, before)
  if (areaName(after) === areaName(before)) return []
  return [{ from: tag.start, to: tag.end, text: withAttribute(xml.slice(tag.start, tag.end), 'ref', areaName(after)) }]
}
