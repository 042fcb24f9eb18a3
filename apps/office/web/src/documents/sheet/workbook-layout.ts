import type * as Y from 'yjs'
import {
  layoutIn,
  lineName,
  mergesIn,
  onFrozen,
  readColumnName,
  readLine,
  readRow,
  sharedLines,
  sharedLooks,
  sharedMerges,
  shareFrozen,
} from '../../../../src/documents/sheet/layout-in-document.ts'
import { readLook } from '../../../../src/documents/sheet/look.ts'
import { type Area, areaName, placeName, readPlace } from '../../../../src/documents/sheet/reference.ts'
import { styleOfPlace } from '../../../../src/documents/sheet/style-of-place.ts'
import { styled } from '../../../../src/documents/sheet/styled.ts'
import type { CellStyle, Sheet, Workbook } from '../../../../src/documents/sheet/workbook.ts'
import type { ChangedLine, LayoutEvents, StyledPlace } from './grid-layout.ts'
import { lookOf } from './grid-look.ts'
import { gridStyle, wholeGridStyle } from './grid-styles.ts'

/** The layout of a workbook as people share it. */
export interface SharedLayout extends LayoutEvents {
  /** Calls back with what others change. */
  onChanged(show: LayoutEvents): void
}

/** The shared layout of `workbook` in `document`. */
export function sharedLayout(document: Y.Doc, workbook: Workbook): SharedLayout {
  const styles = workbook.sheets.map((sheet) => stylesOf(workbook, sheet))
  const nameOf = (sheet: number): string => workbook.sheets[sheet]?.name ?? ''
  return {
    looked(cells) {
      document.transact(() => {
        for (const { sheet, row, column, style } of cells) {
          const file = styles[sheet]?.(row, column)
          if (file)
            setIfOther(sharedLooks(document, nameOf(sheet)), placeName({ row, column }), lookOf(gridStyle(file), style))
        }
      })
    },
    lined(lines) {
      document.transact(() => {
        for (const { sheet, is, index, ...line } of lines) {
          const shared = sharedLines(document, nameOf(sheet))
          const name = lineName(is, index)
          shared.set(name, { ...readLine(shared.get(name)), ...line })
        }
      })
    },
    merged(sheet, areas) {
      const found = workbook.sheets[sheet]
      if (found) document.transact(() => shareMerges(document, found, areas))
    },
    froze: (sheet, frozen) => shareFrozen(document, nameOf(sheet), frozen),
    onChanged(show) {
      for (const [index, sheet] of workbook.sheets.entries())
        follow({ document, sheet, index, styles: styles[index] }, show)
      onFrozen(document, (names, isOwn) => {
        for (const [index, sheet] of workbook.sheets.entries()) {
          if (!isOwn && names.has(sheet.name)) show.froze(index, layoutIn(document, sheet).frozen ?? sheet.frozen)
        }
      })
    },
  }
}

type StyleAt = (row: number, column: number) => CellStyle | undefined

interface Followed {
  readonly document: Y.Doc
  readonly sheet: Sheet
  readonly index: number
  readonly styles: StyleAt | undefined
}

function follow({ document, sheet, index, styles }: Followed, show: LayoutEvents): void {
  const looks = sharedLooks(document, sheet.name)
  looks.observe((event, { local }) => {
    if (local) return
    const cells = [...event.keysChanged].flatMap((name): StyledPlace[] => {
      const place = readPlace(name)
      const file = place && styles?.(place.row, place.column)
      return place && file
        ? [{ sheet: index, ...place, style: wholeGridStyle(styled(file, readLook(looks.get(name)))) }]
        : []
    })
    show.looked(cells)
  })
  const lines = sharedLines(document, sheet.name)
  lines.observe((event, { local }) => {
    if (!local) show.lined([...event.keysChanged].flatMap((name) => lineIn(index, name, lines.get(name))))
  })
  sharedMerges(document, sheet.name).observe((_, { local }) => {
    if (!local) show.merged(index, mergesIn(document, sheet))
  })
}

function lineIn(sheet: number, name: string, raw: unknown): ChangedLine[] {
  const [row, column] = [readRow(name), readColumnName(name)]
  if (row !== undefined) return [{ sheet, is: 'row', index: row, ...readLine(raw) }]
  return column === undefined ? [] : [{ sheet, is: 'column', index: column, ...readLine(raw) }]
}

/** Says of each block whether it is one now: those of the file that are none any more, and those that are new. */
function shareMerges(document: Y.Doc, sheet: Sheet, areas: readonly Area[]): void {
  const shared = sharedMerges(document, sheet.name)
  const now = new Set(areas.map(areaName))
  const file = new Set(sheet.merges.map(areaName))
  for (const name of new Set([...file, ...shared.keys(), ...now])) {
    const isOne = now.has(name)
    if (isOne !== (shared.get(name) ?? file.has(name))) shared.set(name, isOne)
  }
}

/** A look is shared where it is another than before; and where it is none, only if there was one. */
function setIfOther(shared: Y.Map<unknown>, name: string, look: object): void {
  const before = shared.get(name) ?? {}
  if (JSON.stringify(before) !== JSON.stringify(look)) shared.set(name, look)
}

/** How cells look in the file. */
function stylesOf({ styles }: Workbook, sheet: Sheet): StyleAt {
  const rows = new Map(sheet.rows.map((row) => [row.index, row]))
  return (index, column) => {
    const row = rows.get(index)
    const cell = row?.cells.find((one) => one.column === column)
    return styles[cell?.style ?? styleOfPlace(sheet, row, column)]
  }
}
