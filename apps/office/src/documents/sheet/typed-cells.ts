import type * as Y from 'yjs'
import { type Calculation, type CellChange, longestText, type SheetChanges, type WorkbookChanges } from './changes.ts'
import { layoutIn } from './layout-in-document.ts'
import { whyFixed } from './may-change.ts'
import { readPlace } from './reference.ts'
import type { CellValue, Sheet, Workbook } from './workbook.ts'
import { isWritable } from './xml/text.ts'

/** What someone has typed into a cell, as it is shared. */
export interface SharedCell {
  readonly value: CellValue
  readonly formula?: string
  readonly format?: string
}

/** The cells of a sheet that were typed into, by the names of their places. Nothing is ever taken out. */
export const typedCells = (document: Y.Doc, sheet: string): Y.Map<unknown> => document.getMap(`cells of ${sheet}`)

/** What the formulas of a sheet have come to that nobody typed into, by the names of their places. */
export const calculatedCells = (document: Y.Doc, sheet: string): Y.Map<unknown> =>
  document.getMap(`results of ${sheet}`)

const settings = (document: Y.Doc): Y.Map<unknown> => document.getMap('workbook')
const pending = 'needsCalculation'

/** Notes that some formulas cannot be calculated here. */
export function leaveCalculation(document: Y.Doc): void {
  if (!needsCalculation(document)) settings(document).set(pending, true)
}

/** Whether some formulas are left to be calculated by the next program. */
export const needsCalculation = (document: Y.Doc): boolean => settings(document).get(pending) === true

/** What a shared document changes in a workbook. It comes from browsers: what may not be, is left out. */
export function changesIn(document: Y.Doc, workbook: Workbook): WorkbookChanges {
  const changes = new Map<string, SheetChanges>()
  for (const sheet of workbook.sheets) {
    const typed = [...typedCells(document, sheet.name)].flatMap(([name, cell]) =>
      changeOf(name, cell, { workbook, sheet }),
    )
    const calculated = [...calculatedCells(document, sheet.name)].flatMap(([name, value]) => resultOf(name, value))
    const layout = layoutIn(document, sheet)
    const isChanged = typed.length + calculated.length + Object.keys(layout).length > 0
    if (isChanged) changes.set(sheet.name, { typed, calculated, ...layout })
  }
  return changes
}

function changeOf(name: string, raw: unknown, { workbook, sheet }: { workbook: Workbook; sheet: Sheet }): CellChange[] {
  const place = readPlace(name)
  const cell = readSharedCell(raw)
  if (!place || !cell || whyFixed(workbook, sheet, place)) return []
  return [{ ...place, ...cell }]
}

function resultOf(name: string, raw: unknown): Calculation[] {
  const place = readPlace(name)
  const value = readValue(raw)
  return place && value !== undefined ? [{ ...place, value }] : []
}

/** A cell as another browser has sent it. `undefined`: it is none. */
export function readSharedCell(raw: unknown): SharedCell | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const value = readValue(Reflect.get(raw, 'value'))
  const formula: unknown = Reflect.get(raw, 'formula')
  const format: unknown = Reflect.get(raw, 'format')
  if (value === undefined) return undefined
  return {
    value,
    ...(isShortText(formula, 8_192) && formula !== '' && { formula }),
    ...(isShortText(format, 255) && { format }),
  }
}

const isShortText = (raw: unknown, most: number): raw is string =>
  typeof raw === 'string' && raw.length <= most && isWritable(raw)

/** A value as another browser has sent it. `undefined`: it is none. */
export function readValue(raw: unknown): CellValue | undefined {
  if (raw === null || typeof raw === 'boolean') return raw
  if (typeof raw === 'string') return raw.slice(0, longestText)
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined
  if (typeof raw !== 'object') return undefined
  const error: unknown = Reflect.get(raw, 'error')
  return typeof error === 'string' && errors.has(error) ? { error } : undefined
}

const errors: ReadonlySet<string> = new Set(
  '#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #BUSY! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN!'.split(
    ' ',
  ),
)

/** What was typed, one line for each cell, for whoever has to type it again. */
export function describeChanges(document: Y.Doc): string {
  const lines: string[] = []
  for (const name of document.share.keys()) {
    if (!name.startsWith('cells of ')) continue
    for (const [place, raw] of typedCells(document, name.slice('cells of '.length))) {
      const cell = readSharedCell(raw)
      if (cell) lines.push(`${name.slice('cells of '.length)}!${place}\t${spelt(cell)}`)
    }
  }
  return lines.join('\n')
}

function spelt({ formula, value }: SharedCell): string {
  if (formula !== undefined) return `=${formula}`
  return typeof value === 'object' ? (value?.error ?? '') : String(value)
}
