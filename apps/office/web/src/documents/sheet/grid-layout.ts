import { BooleanNumber, type ICommandService, type IStyleData } from '@univerjs/core'
import type { LineChange } from '../../../../src/documents/sheet/changes.ts'
import type { Area } from '../../../../src/documents/sheet/reference.ts'
import type { Sheet } from '../../../../src/documents/sheet/workbook.ts'
import type { GridBook } from './grid-marks.ts'
import { type GridPlace, sheetId, sheetIndex, unitId } from './grid-place.ts'
import { columnCharacters, columnPixels, rowPixels, rowPoints } from './grid-sizes.ts'
import { setValues } from './judge.ts'
import {
  addsMerges,
  freezeOf,
  freezes,
  type GridLine,
  isOfSize,
  linesIn,
  rangeOf,
  removesMerges,
  subUnitOf,
} from './layout-events.ts'

/** A cell of the grid, and how it looks there. */
export interface StyledPlace extends GridPlace {
  readonly style: IStyleData
}

/** A row or column of the grid, and what is another now. */
export type ChangedLine = GridLine & Omit<LineChange, 'index'>

/** What is said of the sheets of a grid beside what their cells hold. */
export interface LayoutEvents {
  looked(cells: readonly StyledPlace[]): void
  lined(lines: readonly ChangedLine[]): void
  /** All blocks of a sheet that are shown as one cell now. */
  merged(sheet: number, areas: readonly Area[]): void
  froze(sheet: number, frozen: Sheet['frozen']): void
}

/** How the sheets of a grid are laid out. */
export interface GridLayout {
  /** Tells of a change of the grid. */
  changed(id: string, params: unknown): void
  styleAt(place: GridPlace): StyledPlace
  showLooks(cells: readonly StyledPlace[]): void
  showLines(lines: readonly ChangedLine[]): void
  showMerges(sheet: number, areas: readonly Area[]): void
  showFrozen(sheet: number, frozen: Sheet['frozen']): void
}

/** Follows the layout of `book`, and changes it where others have. */
export function gridLayout(book: GridBook, commands: ICommandService, events: LayoutEvents): GridLayout {
  const sheetAt = (sheet: number) => book.getSheetBySheetId(sheetId(sheet))?.getSheet()
  const run = (id: string, sheet: number, params: object) =>
    commands.syncExecuteCommand(id, { unitId, subUnitId: sheetId(sheet), ...params }, { fromCollab: true })
  const lineAt = (line: GridLine, hasSize: boolean): ChangedLine => {
    const found = sheetAt(line.sheet)
    const { is, index } = line
    if (hasSize) {
      const size =
        is === 'row' ? rowPoints(found?.getRowHeight(index) ?? 0) : columnCharacters(found?.getColumnWidth(index) ?? 0)
      return { ...line, size }
    }
    const isSeen = is === 'row' ? found?.getRowRawVisible(index) : found?.getColVisible(index)
    return { ...line, isHidden: isSeen === false }
  }
  return {
    changed(id, params) {
      const sheet = sheetIndex(subUnitOf(params))
      const config = sheetAt(sheet)?.getConfig()
      if (id === freezes) {
        const { startRow = 0, startColumn = 0 } = config?.freeze ?? {}
        return events.froze(sheet, { rows: Math.max(0, startRow), columns: Math.max(0, startColumn) })
      }
      if (id === addsMerges || id === removesMerges) {
        const areas = (config?.mergeData ?? []).map(({ startRow, startColumn, endRow, endColumn }) => ({
          from: { row: startRow, column: startColumn },
          to: { row: endRow, column: endColumn },
        }))
        return events.merged(sheet, areas)
      }
      events.lined(linesIn(id, params, sheet).map((line) => lineAt(line, isOfSize(id))))
    },
    styleAt: (place) => ({
      ...place,
      style: sheetAt(place.sheet)?.getComposedCellStyle(place.row, place.column) ?? {},
    }),
    showLooks(cells) {
      for (const { sheet, row, column, style } of cells) {
        run(setValues, sheet, { cellValue: { [row]: { [column]: { s: structuredClone(style) } } } })
      }
    },
    showLines(lines) {
      for (const { sheet, is, index, size, isHidden } of lines) {
        const ranges = [rangeOf({ from: at(is, index), to: at(is, index) })]
        const [height, width] = [rowPixels(size ?? 0), columnPixels(size ?? 0)]
        if (size !== undefined && is === 'row') {
          run('sheet.mutation.set-worksheet-row-height', sheet, { ranges, rowHeight: height })
          const fixed = { ranges, autoHeightInfo: BooleanNumber.FALSE }
          run('sheet.mutation.set-worksheet-row-is-auto-height', sheet, fixed)
        }
        if (size !== undefined && is === 'column')
          run('sheet.mutation.set-worksheet-col-width', sheet, { ranges, colWidth: width })
        if (isHidden !== undefined)
          run(`sheet.mutation.set-${is === 'row' ? 'row' : 'col'}-${isHidden ? 'hidden' : 'visible'}`, sheet, {
            ranges,
          })
      }
    },
    showMerges(sheet, areas) {
      run(removesMerges, sheet, { ranges: [...(sheetAt(sheet)?.getConfig().mergeData ?? [])] })
      run(addsMerges, sheet, { ranges: areas.map(rangeOf) })
    },
    showFrozen: (sheet, frozen) => void run(freezes, sheet, freezeOf(frozen)),
  }
}

const at = (is: 'row' | 'column', index: number) =>
  is === 'row' ? { row: index, column: 0 } : { row: 0, column: index }
