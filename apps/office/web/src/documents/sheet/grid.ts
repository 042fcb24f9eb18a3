import {
  CanceledError,
  type ICellData,
  type ICommandInfo,
  ICommandService,
  type IExecutionOptions,
  LocaleType,
  LogLevel,
  Univer,
} from '@univerjs/core'
import { FUniver } from '@univerjs/core/facade'
import { CalculationMode, FormulaDataModel, UniverSheetsCorePreset } from '@univerjs/preset-sheets-core'
import enUS from '@univerjs/preset-sheets-core/locales/en-US'
import '@univerjs/preset-sheets-core/lib/index.css'
import { type Area, areaName } from '../../../../src/documents/sheet/reference.ts'
import type { SharedCell } from '../../../../src/documents/sheet/shared-cells.ts'
import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { isDark, onThemeChange } from '../../theme.ts'
import { gridCell, readGridCell } from './grid-cells.ts'
import { type GridPlace, sheetId, sheetIndex, unitId } from './grid-place.ts'
import { gridWorkbook } from './grid-workbook.ts'
import { judge, setValues, valuesIn } from './judge.ts'

export type GridCell = GridPlace & SharedCell

/** What the user of a grid does, and is let do. */
export interface GridEvents {
  /** Cells that the user has given another content. */
  typed(cells: readonly GridCell[]): void
  /** What formulas have come to. */
  calculated(cells: readonly GridCell[]): void
  /** What is selected now. */
  selected(sheet: number, area: Area): void
  /** Whether the user may change this cell. Whoever says no, tells them why. */
  mayChange(place: GridPlace): boolean
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
  let marked: { dispose(): void }[] = []
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
    if (id !== setValues || options?.fromCollab) return
    const cells = valuesIn(params).map(({ place }) => cellAt(place))
    if (options?.['fromFormula']) events.calculated(cells)
    else if (!options?.onlyLocal) events.typed(cells)
  }
  const selected = api.addEvent(api.Event.SelectionChanged, ({ worksheet, selections: [range] }) => {
    if (!range) return
    const sheet = sheetIndex(worksheet.getSheetId())
    current = { sheet, row: range.startRow, column: range.startColumn }
    events.selected(sheet, areaOf(range))
  })
  const listeners = [commands.beforeCommandExecuted(before), commands.onCommandExecuted(after), selected]
  const endTheme = onThemeChange(() => api.toggleDarkMode(isDark()))
  const front = book.getSheetBySheetId(sheetId(workbook.active))
  if (front) book.setActiveSheet(front)

  return {
    put(cells) {
      for (const [sheet, cellValue] of bySheet(cells)) {
        commands.syncExecuteCommand(setValues, { unitId, subUnitId: sheetId(sheet), cellValue }, { fromCollab: true })
      }
    },
    mark(marks) {
      for (const one of marked) one.dispose()
      const current = book.getActiveSheet()
      const here = marks.filter(({ sheet }) => sheetId(sheet) === current.getSheetId())
      marked = here.map(({ area, color }) =>
        current.highlightRanges([current.getRange(areaName(area))], {
          stroke: color,
          strokeWidth: 2,
          fill: 'transparent',
        }),
      )
    },
    undo: () => void api.undo(),
    redo: () => void api.redo(),
    destroy() {
      endTheme()
      for (const listener of listeners) listener.dispose()
      univer.dispose()
    },
  }
}

function startEngine(container: HTMLElement): Univer {
  const univer = new Univer({
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: enUS },
    logLevel: LogLevel.ERROR,
    darkMode: isDark(),
  })
  const { plugins } = UniverSheetsCorePreset({
    container,
    header: true,
    toolbar: false,
    contextMenu: false,
    formulaBar: true,
    footer: {
      sheetBar: true,
      statisticBar: true,
      menus: false,
      zoomSlider: true,
      addSheetButtonConfig: { show: false },
    },
    formula: { initialFormulaComputing: CalculationMode.WHEN_EMPTY },
    sheets: { disableForceStringAlert: true, disableForceStringMark: true },
  })
  for (const plugin of plugins) {
    if (Array.isArray(plugin)) univer.registerPlugin(...plugin)
    else univer.registerPlugin(plugin)
  }
  return univer
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

interface GridRange {
  readonly startRow: number
  readonly startColumn: number
  readonly endRow: number
  readonly endColumn: number
}

const areaOf = ({ startRow, startColumn, endRow, endColumn }: GridRange): Area => ({
  from: { row: startRow, column: startColumn },
  to: { row: endRow, column: endColumn },
})
