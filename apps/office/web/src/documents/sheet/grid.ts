import {
  CanceledError,
  type ICellData,
  type ICommandInfo,
  ICommandService,
  type IExecutionOptions,
  LifecycleStages,
  type Univer,
} from '@univerjs/core'
import { FUniver } from '@univerjs/core/facade'
import { FormulaDataModel } from '@univerjs/preset-sheets-core'
import type { DocumentSearch } from '../../find-bar.ts'
import { isDark, onThemeChange } from '../../theme.ts'
import { startEngine } from './engine.ts'
import { fontList } from './font-list.ts'
import { gridCell, readGridCell } from './grid-cells.ts'
import type { GridCell, GridContent, GridEvents, Mark } from './grid-events.ts'
import { formats, formattedPlaces, isPlain } from './grid-formats.ts'
import { type GridLayout, gridLayout } from './grid-layout.ts'
import { type GridBook, type GridMarks, gridMarks } from './grid-marks.ts'
import { type GridPlace, isSamePlace, sheetId, unitId } from './grid-place.ts'
import { gridSearch } from './grid-search.ts'
import { activates, readSelection, selects } from './grid-selection.ts'
import { gridWorkbook } from './grid-workbook.ts'
import { judge, setValues, valuesIn } from './judge.ts'
import { keepTabs } from './keep-tabs.ts'
import { isOfContent } from './kept-style.ts'
import { isOfLayout } from './layout-events.ts'
import { printedSheet } from './printed-sheet.ts'
import { searchedCells } from './searched-cells.ts'
import { spilledPlaces, spills } from './spilled.ts'

/** A workbook as it is shown in a page, with live formulas. */
export class Grid {
  readonly #events: GridEvents
  readonly #univer: Univer
  readonly #api: FUniver
  readonly #commands: ICommandService
  readonly #formulas: FormulaDataModel
  readonly #book: GridBook
  readonly #marks: GridMarks
  readonly #hasTools: boolean
  /** How its sheets are laid out, and its cells look. */
  readonly layout: GridLayout
  readonly #listeners: readonly { dispose(): void }[]
  readonly #endTheme: () => void
  #current: GridPlace
  /** What was typed before everything is drawn: formulas did not hear of it, and are told when they can. */
  #waiting: GridCell[] | undefined = []

  constructor(container: HTMLElement, { workbook, canCalculate, hasTools, words }: GridContent, events: GridEvents) {
    this.#events = events
    this.#hasTools = hasTools
    keepTabs(container)
    this.#univer = startEngine(container, { words, hasTools, fonts: fontList(workbook) })
    this.#api = FUniver.newAPI(this.#univer)
    const injector = this.#univer.__getInjector()
    this.#commands = injector.get(ICommandService)
    this.#book = this.#api.createWorkbook(gridWorkbook(workbook, canCalculate))
    this.#formulas = injector.get(FormulaDataModel)
    this.#marks = gridMarks(this.#book)
    this.layout = gridLayout(this.#book, this.#commands, events)
    this.#current = { sheet: workbook.active, row: 0, column: 0 }
    this.#listeners = this.#listen()
    this.#endTheme = onThemeChange(() => this.#api.toggleDarkMode(isDark()))
    const front = this.#book.getSheetBySheetId(sheetId(workbook.active))
    if (front) this.#book.setActiveSheet(front)
  }

  /** Shows what others have typed. */
  put(cells: readonly GridCell[]): void {
    if (this.#waiting) this.#waiting.push(...cells)
    else this.#put(cells)
  }

  /** Shows what others have selected. */
  mark(marks: readonly Mark[]): void {
    this.#marks.set(marks)
    if (!this.#waiting) this.#marks.draw()
  }

  /** A cell as it is shown. */
  textAt({ sheet, row, column }: GridPlace): string {
    return this.#book.getSheetBySheetId(sheetId(sheet))?.getRange(row, column).getDisplayValue() ?? ''
  }

  /** Finds and replaces in its cells. */
  get search(): DocumentSearch {
    return gridSearch({
      cells: () => searchedCells(this.#book, (place) => this.#cellAt(place)),
      current: () => this.#current,
      select: (place) => this.goTo(place),
      mayChange: (place) => this.#events.mayChange(place),
      write: (sheet, cells) => this.#write(sheet, cells),
    })
  }

  /** Shows a cell, and puts the cursor into it. */
  goTo({ sheet, row, column }: GridPlace): void {
    const found = this.#book.getSheetBySheetId(sheetId(sheet))
    if (!found) return
    this.#book.setActiveSheet(found)
    found.getRange(row, column).activate()
    this.#current = { sheet, row, column }
    const place = { startRow: row, endRow: row, startColumn: column, endColumn: column }
    void this.#commands.executeCommand('sheet.command.scroll-to-cell', { unitId, range: place })
  }

  #write(sheet: number, cells: ReadonlyMap<GridPlace, ICellData>): void {
    const value: Record<number, Record<number, ICellData>> = {}
    for (const [{ row, column }, cell] of cells) value[row] = { ...value[row], [column]: cell }
    const params = { unitId, subUnitId: sheetId(sheet), value }
    this.#commands.syncExecuteCommand('sheet.command.set-range-values', params)
  }

  /** The sheet that is in front, to be printed. */
  printed(): Node {
    return printedSheet(this.#book)
  }

  undo(): void {
    void this.#api.undo()
  }

  redo(): void {
    void this.#api.redo()
  }

  destroy(): void {
    this.#endTheme()
    for (const listener of this.#listeners) listener.dispose()
    this.#univer.dispose()
  }

  #listen(): readonly { dispose(): void }[] {
    return [
      this.#commands.beforeCommandExecuted((command, options) => this.#before(command, options)),
      this.#commands.onCommandExecuted((command, options) => this.#after(command, options)),
      this.#api.addEvent(this.#api.Event.LifeCycleChanged, ({ stage }) => {
        if (stage >= LifecycleStages.Rendered) this.#begin()
      }),
    ]
  }

  #begin(): void {
    const cells = this.#waiting
    if (!cells) return
    this.#waiting = undefined
    this.#put(cells)
    this.#marks.draw()
  }

  #put(cells: readonly GridCell[]): void {
    for (const [sheet, cellValue] of bySheet(cells)) {
      const params = { unitId, subUnitId: sheetId(sheet), cellValue }
      this.#commands.syncExecuteCommand(setValues, params, { fromCollab: true })
    }
  }

  /** Nothing that cannot be kept ever happens. */
  #before(command: Readonly<ICommandInfo>, options?: IExecutionOptions): void {
    if (options?.fromCollab || options?.onlyLocal) return
    const { mayChange, mayLayOut, keepsLooks, mayMerge, refused } = this.#events
    const rules = { mayChange, mayLayOut, keepsLooks, mayMerge, hasTools: this.#hasTools }
    const held = (place: GridPlace) => this.#rawAt(place)
    const verdict = judge(command, { ...rules, held, current: () => this.#current })
    if (verdict !== 'allowed' && verdict !== 'held') refused(verdict)
    if (verdict !== 'allowed') throw new CanceledError()
  }

  #after({ id, params }: Readonly<ICommandInfo>, options?: IExecutionOptions): void {
    if (id === selects) this.#moveTo(params)
    if (id === activates) this.#marks.draw()
    if (id === spills) this.#events.spilled(spilledPlaces(params))
    if (formats.has(id) && !options?.fromCollab) this.#formatted(id, params)
    if (id === setValues) this.#changed(params, options)
    if (isOfLayout(id) && !options?.fromCollab) this.layout.changed(id, params)
  }

  #changed(params: unknown, options?: IExecutionOptions): void {
    const values = valuesIn(params)
    const cells = values.filter(({ cell }) => isOfContent(cell)).map(({ place }) => this.#cellAt(place))
    const here = cells.find((cell) => isSamePlace(cell, this.#current))
    if (here) this.#events.at(here)
    if (options?.fromCollab) return
    if (options?.['fromFormula']) this.#events.calculated(cells)
    else if (!options?.onlyLocal) {
      const looks = values.filter(({ cell }) => !cell || 's' in cell)
      if (cells.length > 0) this.#typed(cells)
      if (looks.length > 0) this.#events.looked(looks.map(({ place }) => this.layout.styleAt(place)))
    }
  }

  #typed(cells: readonly GridCell[]): void {
    this.#waiting?.push(...cells)
    this.#events.typed(cells)
  }

  #formatted(id: string, params: unknown): void {
    const cells = (formattedPlaces(params) ?? []).map((place) => this.#cellAt(place))
    this.#events.typed(isPlain(id) ? cells.map((cell) => ({ ...cell, format: 'General' })) : cells)
  }

  #moveTo(params: unknown): void {
    const selection = readSelection(params)
    if (!selection) return
    this.#current = selection.place
    this.#events.at(this.#cellAt(selection.place))
    this.#events.selected(selection.place.sheet, selection.area)
  }

  #rawAt({ sheet, row, column }: GridPlace): ICellData | undefined {
    return this.#book.getSheetBySheetId(sheetId(sheet))?.getSheet().getCellRaw(row, column) ?? undefined
  }

  #cellAt(place: GridPlace): GridCell {
    const { sheet, row, column } = place
    const id = sheetId(sheet)
    const raw = this.#rawAt(place)
    const cell = readGridCell(raw, this.#formulas.getFormulaStringByCell(row, column, id, unitId) ?? '')
    const own = raw ? raw.s : undefined
    const style = typeof own === 'string' ? this.#book.getWorkbook().getStyles().get(own) : own
    const format = style?.n?.pattern
    return { ...place, ...cell, ...(format !== undefined && { format }) }
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
