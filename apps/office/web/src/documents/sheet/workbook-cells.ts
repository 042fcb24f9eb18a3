import type * as Y from 'yjs'
import { isSameValue } from '../../../../src/documents/sheet/changes.ts'
import { placeName, readPlace } from '../../../../src/documents/sheet/reference.ts'
import {
  calculatedCells,
  leaveCalculation,
  readSharedCell,
  readValue,
  type SharedCell,
  typedCells,
} from '../../../../src/documents/sheet/typed-cells.ts'
import type { Cell, Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { foreignKey } from './foreign-formulas.ts'
import type { GridCell } from './grid-events.ts'
import type { GridPlace } from './grid-place.ts'

/** The cells of a workbook as people share them. */
export interface SharedWorkbook {
  /** Shares what was typed here. */
  type(cells: readonly GridCell[]): void
  /** Shares what formulas have come to, where somebody has changed something. */
  calculate(cells: readonly GridCell[]): void
  /** These formulas come to something else in other programs: what they come to here is not shared. */
  exclude(places: readonly GridPlace[]): readonly GridPlace[]
  /** Calls back with what others type. */
  onTyped(listener: (cells: readonly GridCell[]) => void): void
}

/** The shared cells of `workbook` in `document`. `isComplete`: every formula of it is calculated here. */
export function sharedWorkbook(document: Y.Doc, workbook: Workbook, isComplete: boolean): SharedWorkbook {
  const sheets = workbook.sheets.map((sheet) => ({
    known: new Map(
      sheet.rows.flatMap(({ index, cells }) => cells.map((cell) => [nameOf(index, cell.column), cell] as const)),
    ),
    typed: typedCells(document, sheet.name),
    calculated: calculatedCells(document, sheet.name),
  }))
  const excluded = new Set<string>()
  const formatOf = (cell: Cell | undefined) => workbook.styles[cell?.style ?? 0]?.format ?? 'General'
  const cellsIn = (sheet: number, names: Iterable<string>) =>
    [...names].flatMap((name) => gridCellIn(sheet, name, sheets[sheet]?.typed.get(name)))

  return {
    type(cells) {
      document.transact(() => {
        if (!isComplete || excluded.size > 0) leaveCalculation(document)
        for (const { sheet, row, column, value, formula, format } of cells) {
          const { known, typed } = sheets[sheet] ?? {}
          const name = nameOf(row, column)
          const isNewFormat = format !== undefined && format !== formatOf(known?.get(name))
          const cell: SharedCell = { value, ...(formula !== undefined && { formula }), ...(isNewFormat && { format }) }
          const before = readSharedCell(typed?.get(name)) ?? known?.get(name)
          if (!before ? !isEmpty(cell) : !isSame(before, cell)) typed?.set(name, cell)
        }
      })
    },
    calculate(cells) {
      if (sheets.every(({ typed }) => typed.size === 0)) return
      document.transact(() => {
        for (const { value, ...place } of cells) {
          if (!excluded.has(foreignKey(place))) setResult(sheets[place.sheet], nameOf(place.row, place.column), value)
        }
      })
    },
    exclude(places) {
      excluded.clear()
      for (const place of places) excluded.add(foreignKey(place))
      return places.filter(({ sheet, row, column }) => sheets[sheet]?.typed.has(nameOf(row, column)))
    },
    onTyped(listener) {
      for (const [index, { typed }] of sheets.entries()) {
        typed.observe((event, { local }) => {
          if (!local) listener(cellsIn(index, event.keysChanged))
        })
      }
    },
  }
}

interface SharedSheet {
  readonly known: ReadonlyMap<string, Cell>
  readonly typed: Y.Map<unknown>
  readonly calculated: Y.Map<unknown>
}

/** Programs add in different orders: what differs in the last digit only is the same result. */
const isNear = (one: SharedCell['value'], other: SharedCell['value']): boolean =>
  typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) <= Math.abs(one) * 1e-14

const nameOf = (row: number, column: number): string => placeName({ row, column })

/** A result belongs to what was typed, or else to a formula of the file. */
function setResult(sheet: SharedSheet | undefined, name: string, value: SharedCell['value']): void {
  if (!sheet) return
  const own = readSharedCell(sheet.typed.get(name))
  if (own) {
    if (own.formula !== undefined && !isSameValue(own.value, value)) sheet.typed.set(name, { ...own, value })
    return
  }
  const cell = sheet.known.get(name)
  if (cell?.formula === undefined) return
  const before = sheet.calculated.has(name) ? readValue(sheet.calculated.get(name)) : cell.value
  const settled = isNear(cell.value, value) ? cell.value : value
  if (before === undefined || !isSameValue(before, settled)) sheet.calculated.set(name, settled)
}

function gridCellIn(sheet: number, name: string, raw: unknown): readonly GridCell[] {
  const place = readPlace(name)
  const cell = readSharedCell(raw)
  return place && cell ? [{ sheet, ...place, ...cell }] : []
}

const isEmpty = ({ value, formula, format }: SharedCell): boolean =>
  value === null && formula === undefined && format === undefined

const isSame = (one: SharedCell, other: SharedCell): boolean =>
  isSameValue(one.value, other.value) && one.formula === other.formula && (one.format ?? '') === (other.format ?? '')
