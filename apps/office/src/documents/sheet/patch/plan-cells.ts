import type { Calculation, CellChange, SheetChanges } from '../changes.ts'
import type { Look } from '../look.ts'
import { type Place, placeName, readPlace } from '../reference.ts'
import { styleOfPlace } from '../style-of-place.ts'
import { attributesOf } from '../xml/attributes.ts'
import type { KnownCell, KnownCells } from './known-cells.ts'
import type { CellPlan } from './patch-rows.ts'
import { withAttribute } from './splices.ts'
import { writeCell, writeFormula } from './write-cell.ts'

export interface Planning {
  readonly known: KnownCells
  /** Of the elements of this sheet, with the colon. */
  readonly prefix: string
  /** The number of the style that is as the given one but for a look. */
  readonly styleWith: (style: number, look: Look) => number
  /** Formulas that must be written where nobody asked for it, by the names of their cells. */
  readonly regrouped: ReadonlyMap<string, string>
}

/** The new markup of every cell that changes, by rows, in the order of their columns. */
export function planCells(changes: SheetChanges, planning: Planning): ReadonlyMap<number, readonly CellPlan[]> {
  const { known, regrouped } = planning
  const plans = new Map<number, Map<number, string>>()
  const put = ({ row, column }: Place, markup: string) =>
    plans.set(row, (plans.get(row) ?? new Map<number, string>()).set(column, markup))
  for (const [name, formula] of regrouped) {
    const place = readPlace(name)
    const cell = place && known.at(place)
    if (cell) put(cell.mark.place, withFormula(cell, formula, known.xml))
  }
  for (const one of changes.calculated) {
    const cell = known.at(one)
    if (cell) put(one, calculated(cell, one, planning))
  }
  const looks = new Map((changes.looks ?? []).map(({ look, ...place }) => [placeName(place), look]))
  for (const change of changes.typed) put(change, typed(change, looks.get(placeName(change)), planning))
  const typedNames = new Set(changes.typed.map(placeName))
  for (const { row, column, look } of changes.looks ?? []) {
    if (typedNames.has(placeName({ row, column }))) continue
    const planned = plans.get(row)?.get(column)
    put({ row, column }, looking({ row, column }, { look, planned }, planning))
  }
  const inOrder = (cells: ReadonlyMap<number, string>) =>
    [...cells].map(([column, markup]) => ({ column, markup })).sort((one, other) => one.column - other.column)
  return new Map([...plans].map(([row, cells]) => [row, inOrder(cells)]))
}

/** The cell as it is, but for the spelling of its formula. */
function withFormula({ mark }: KnownCell, formula: string, xml: string): string {
  const before = mark.formula ?? { from: mark.tag.end, to: mark.tag.end }
  return xml.slice(mark.from, before.from) + formula + xml.slice(before.to, mark.to)
}

/** The cell with its formula as it is spelt, and another result. */
function calculated({ mark }: KnownCell, { value }: Calculation, { known, regrouped }: Planning): string {
  const { t: _type, ...attributes } = attributesOf(mark.tag)
  const own = mark.formula && known.xml.slice(mark.formula.from, mark.formula.to)
  const formula = regrouped.get(placeName(mark.place)) ?? own ?? ''
  return writeCell({ prefix: mark.tag.prefix, attributes, value, formula })
}

/** Attributes that speak of the content, which is another one now. */
const ofContent: ReadonlySet<string> = new Set(['t', 'cm', 'vm'])

function typed(change: CellChange, look: Look | undefined, { known, prefix, styleWith }: Planning): string {
  const { row, column, value, formula, format } = change
  const before = known.at(change)
  const kept = Object.entries(before ? attributesOf(before.mark.tag) : {}).filter(([name]) => !ofContent.has(name))
  const style = before?.cell.style ?? styleOfPlace(known, known.rows.get(row), column)
  const isOther = format !== undefined || look !== undefined
  const number = isOther ? styleWith(style, { ...look, ...(format !== undefined && { format }) }) : style
  return writeCell({
    prefix: before?.mark.tag.prefix ?? prefix,
    attributes: { r: placeName(change), ...Object.fromEntries(kept), ...styleAttribute(number) },
    value,
    ...(formula !== undefined && { formula: writeFormula(formula, prefix) }),
  })
}

interface Looking {
  readonly look: Look
  /** The markup that the cell gets anyway. */
  readonly planned: string | undefined
}

/** A cell with another look, and with whatever else it is to have. */
function looking(place: Place, { look, planned }: Looking, { known, prefix, styleWith }: Planning): string {
  const before = known.at(place)
  const style = before?.cell.style ?? styleOfPlace(known, known.rows.get(place.row), place.column)
  const now = before && known.xml.slice(before.mark.from, before.mark.to)
  const markup = planned ?? now ?? `<${prefix}c/>`
  const number = styleWith(style, look)
  return markup.replace(/^<[^>]*>/, (tag) => {
    const named = withAttribute(tag, 'r', placeName(place))
    return withAttribute(named, 's', number > 0 ? String(number) : undefined)
  })
}

/** The first style need not be named. */
const styleAttribute = (number: number): { s?: string } => (number > 0 ? { s: String(number) } : {})
