import { isSameValue, type SheetChanges } from '../changes.ts'
import type { SheetMarks } from '../read/sheet-marks.ts'
import { areaName, around, type Place, placeName, readArea } from '../reference.ts'
import type { Sheet } from '../workbook.ts'
import { attributesOf } from '../xml/attributes.ts'
import { type KnownCells, knownCells } from './known-cells.ts'
import { type CellPlan, newRow, patchRow } from './patch-rows.ts'
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
  readonly formatOf: (style: number) => string
  /** The number of the style that is as the given one but for its number format. */
  readonly styleWith: (style: number, format: string) => number
}

/** A sheet's part with some of its cells changed, and nothing else. */
export function patchSheet(marks: SheetMarks, asked: SheetChanges, context: PatchContext): SheetPatch {
  const known = knownCells(marks, context.sheet)
  const changes = withoutIdle(asked, known, context)
  const typed = new Set(changes.typed.map(placeName))
  const regrouped = regroup(marks, (name) => typed.has(name))
  const { prefix } = marks.data.tag
  const plans = planCells(changes, { known, prefix, regrouped, styleWith: context.styleWith })
  return {
    xml: spliced(marks.xml, [...rowSplices(marks, plans), ...dimension(marks, changes)]),
    hasLostFormulas: changes.typed.some((change) => isFormula(known, change) && change.formula === undefined),
    changes,
  }
}

const isFormula = (known: KnownCells, place: Place): boolean => known.at(place)?.mark.formula !== undefined

/** Leaves out what is so already, and results of what is no formula. */
function withoutIdle({ typed, calculated }: SheetChanges, known: KnownCells, { formatOf }: PatchContext): SheetChanges {
  const changed = typed.filter((change) => {
    const { cell } = known.at(change) ?? {}
    const isSame = isSameValue(cell?.value ?? null, change.value) && cell?.formula === change.formula
    return !isSame || (change.format !== undefined && (!cell || formatOf(cell.style) !== change.format))
  })
  const names = new Set(typed.map(placeName))
  return {
    typed: changed,
    calculated: calculated.filter((one) => {
      const isOpen = isFormula(known, one) && !names.has(placeName(one))
      return isOpen && !isSameValue(known.at(one)?.cell.value ?? null, one.value)
    }),
  }
}

function rowSplices(marks: SheetMarks, plans: ReadonlyMap<number, readonly CellPlan[]>): readonly Splice[] {
  const { xml, rows, data } = marks
  const known = new Map(rows.map((row) => [row.index, row]))
  const changed = [...plans].flatMap(([index, cells]) => {
    const row = known.get(index)
    return row ? patchRow(marks, row, cells) : []
  })
  const added = [...plans].filter(([index]) => !known.has(index)).sort(([one], [other]) => one - other)
  if (added.length === 0) return changed
  const { prefix } = data.tag
  const markup = ([index, cells]: (typeof added)[number]) => newRow(prefix, index, cells)
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
function dimension({ xml, tags }: SheetMarks, { typed }: SheetChanges): readonly Splice[] {
  const tag = tags.find(({ name, is }) => name === 'dimension' && is !== 'close')
  const before = tag && readArea(attributesOf(tag)['ref'] ?? '')
  if (!tag || !before) return []
  const after = typed.filter(({ value, formula }) => value !== null || formula !== undefined).reduce(around, before)
  if (areaName(after) === areaName(before)) return []
  return [{ from: tag.start, to: tag.end, text: withAttribute(xml.slice(tag.start, tag.end), 'ref', areaName(after)) }]
}
