import {
  CanceledError,
  type ICellData,
  type ICommandInfo,
  ICommandService,
  type IExecutionOptions,
  LifecycleStages,
} from '@univerjs/core'
import { FUniver } from '@univerjs/core/facade'
import { FormulaDataModel } from '@univerjs/preset-sheets-core'
import { type Area, areaName } from '../../../../src/documents/sheet/reference.ts'
import type { SharedCell } from '../../../../src/documents/sheet/typed-cells.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { isDark, onThemeChange } from '../../theme.ts'
import { startEngine } from './engine.ts'
import { gridCell, readGridCell } from './grid-cells.ts'
import { formats, formattedPlaces, isPlain } from './grid-formats.ts'
import { type GridPlace, isSamePlace, sheetId, unitId } from './grid-place.ts'
import { activates, readSelection, selects } from './grid-selection.ts'
import { gridWorkbook } from './grid-workbook.ts'
import { judge, setValues, valuesIn } from './judge.ts'
import { spilledPlaces, spills } from './spilled.ts'

export type GridCell = GridPlace & SharedCell

/** What the user of a grid does, and is let do. */
export interface GridEvents {
  /** Cells that the user has given another content. */
  typed(cells: readonly GridCell[]): void
  /** What formulas have come to. */
  calculated(cells: readonly GridCell[]): void
  /** What is selected now. */
  selected(sheet: number, area: Area): void
  /** What stands in the cell where the cursor is: called when that becomes another one, or gets another content. */
  at(cell: GridCell): void
  /** Whether the user may change this cell. Whoever says no, tells them why. */
  mayChange(place: GridPlace): boolean
  /** Formulas have come to more than one value, and fill other cells too. */
  spilled(places: readonly GridPlace[]): void
  /** The user has asked for something that is not done here. */
  refused(): void
}

/** Someone else's selection. */
export interface Mark {
  readonly sheet: number
  readonly area: Area
  /** As CSS has it. */
  readonly color: string
}

/** A workbook as it is shown, with live formulas. */
export interface Grid {
  /** Shows what others have typed. */
  put(cells: readonly GridCell[]): void
  mark(marks: readonly Mark[]): void
  /** A cell as it is shown. */
  textAt(place: GridPlace): string
  undo(): void
  redo(): void
  destroy(): void
}

export interface GridContent {
  readonly workbook: Workbook
  /** Which formulas are live. */
  readonly canCalculate: (formula: string) => boolean
}

/** Shows a workbook in `container`. */
export function createGrid(container: HTMLElement, content: GridContent, events: GridEvents): Grid {
  const { workbook, canCalculate } = content
  const univer = startEngine(container)
  const api = FUniver.newAPI(univer)
  const injector = univer.__getInjector()
  const commands = injector.get(ICommandService)
  const book = api.createWorkbook(gridWorkbook(workbook, canCalculate))
  const formulas = injector.get(FormulaDataModel)
  let marks: readonly Mark[] = []
  let drawn: { dispose(): void }[] = []
  let current: GridPlace = { sheet: workbook.active, row: 0, column: 0 }

  const cellAt = (place: GridPlace): GridCell => {
    const { sheet, row, column } = place
    const id = sheetId(sheet)
    const raw = book.getSheetBySheetId(id)?.getSheet().getCellRaw(row, column)
    const cell = readGridCell(raw || undefined, formulas.getFormulaStringByCell(row, column, id, unitId) ?? '')
    const own = raw ? raw.s : undefined
    const style = typeof own === 'string' ? book.getWorkbook().getStyles().get(own) : own
    const format = style?.n?.pattern
    return { ...place, ...cell, ...(format !== undefined && { format }) }
  }
  const before = (command: Readonly<ICommandInfo>, options?: IExecutionOptions) => {
    if (options?.fromCollab || options?.onlyLocal) return
    const verdict = judge(command, { mayChange: events.mayChange, current: () => current })
    if (verdict === 'refused') events.refused()
    if (verdict !== 'allowed') throw new CanceledError()
  }
  const after = ({ id, params }: Readonly<ICommandInfo>, options?: IExecutionOptions) => {
    if (id === selects) return moveTo(params)
    if (id === activates) return drawMarks()
    if (id === spills) return events.spilled(spilledPlaces(params))
    if (formats.has(id) && !options?.fromCollab) return shareFormats(id, params)
    if (id !== setValues) return
    const cells = valuesIn(params).map(({ place }) => cellAt(place))
    const here = cells.find((cell) => isSamePlace(cell, current))
    if (here) events.at(here)
    if (options?.fromCollab) return
    if (options?.['fromFormula']) events.calculated(cells)
    else if (!options?.onlyLocal) events.typed(cells)
  }
  const shareFormats = (id: string, params: unknown) => {
    const cells = (formattedPlaces(params) ?? []).map(cellAt)
    events.typed(isPlain(id) ? cells.map((cell) => ({ ...cell, format: 'General' })) : cells)
  }
  const moveTo = (params: unknown) => {
    const selection = readSelection(params)
    if (!selection) return
    current = selection.place
    events.at(cellAt(current))
    events.selected(current.sheet, selection.area)
  }
  const drawMarks = () => {
    for (const one of drawn) one.dispose()
    const front = book.getActiveSheet()
    const here = marks.filter(({ sheet }) => sheetId(sheet) === front.getSheetId())
    drawn = here.map(({ area, color }) =>
      front.highlightRanges([front.getRange(areaName(area))], {
        stroke: color,
        strokeWidth: 2,
        fill: seeThrough(color),
      }),
    )
  }
  const put = (cells: readonly GridCell[]) => {
    for (const [sheet, cellValue] of bySheet(cells)) {
      commands.syncExecuteCommand(setValues, { unitId, subUnitId: sheetId(sheet), cellValue }, { fromCollab: true })
    }
  }
  // Before everything is drawn, formulas would not hear of what changes.
  let waiting: GridCell[] | undefined = []
  const ready = api.addEvent(api.Event.LifeCycleChanged, ({ stage }) => {
    if (stage < LifecycleStages.Rendered || !waiting) return
    const cells = waiting
    waiting = undefined
    put(cells)
    drawMarks()
  })
  const listeners = [commands.beforeCommandExecuted(before), commands.onCommandExecuted(after), ready]
  const endTheme = onThemeChange(() => api.toggleDarkMode(isDark()))
  const front = book.getSheetBySheetId(sheetId(workbook.active))
  if (front) book.setActiveSheet(front)

  return {
    put(cells) {
      if (waiting) waiting.push(...cells)
      else put(cells)
    },
    mark(next) {
      marks = next
      if (!waiting) drawMarks()
    },
    textAt: ({ sheet, row, column }) =>
      book.getSheetBySheetId(sheetId(sheet))?.getRange(row, column).getDisplayValue() ?? '',
    undo: () => void api.undo(),
    redo: () => void api.redo(),
    destroy() {
      endTheme()
      for (const listener of listeners) listener.dispose()
      univer.dispose()
    },
  }
}

function bySheet(cells: readonly GridCell[]): ReadonlyMap<number, Record<number, Record<number, ICellData>>> {
  const sheets = new Map<number, Record<number, Record<number, ICellData>>>()
  for (const cell of cells) {
    const rows = sheets.get(cell.sheet) ?? {}
    sheets.set(cell.sheet, rows)
    const row = rows[cell.row] ?? {}
    rows[cell.row] = row
    row[cell.column] = gridCell(cell)
  }
  return sheets
}

/** The colour as a veil over cells. */
function seeThrough(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return `rgba(${red}, ${green}, ${blue}, 0.1)`
}
