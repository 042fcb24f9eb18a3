import { type Area, readArea, readPlace } from '../reference.ts'
import type { CellLink, Column, Held, Sheet } from '../workbook.ts'
import { attributesOf, isOn } from '../xml/attributes.ts'
import type { Tag } from '../xml/scan.ts'
import type { Colors } from './colors.ts'
import { readCells } from './read-cells.ts'
import type { SheetMarks } from './sheet-marks.ts'

/** What the workbook knows of a sheet. */
export interface SheetEntry {
  readonly name: string
  readonly part: string
  readonly visibility: Sheet['visibility']
}

export interface SheetContext {
  readonly strings: readonly string[]
  readonly colors: Colors
  /** Cells of tables and pivot tables that are not changed. */
  readonly held: readonly Held[]
  /** All cells of tables and pivot tables. */
  readonly tables: readonly Area[]
  readonly links: readonly CellLink[]
}

/** Reads a sheet that has been taken apart. */
export function readSheet(
  entry: SheetEntry,
  marks: SheetMarks,
  { strings, colors, held, tables, links }: SheetContext,
): Sheet {
  const { rows, held: blocks } = readCells(marks, strings)
  const first = (name: string) => attributesOfFirst(marks.tags, name)
  const format = first('sheetFormatPr')
  const view = first('sheetView')
  const tab = first('tabColor')
  return {
    ...entry,
    rows,
    columns: marks.tags.filter(({ name, is }) => name === 'col' && is !== 'close').flatMap(readColumnFormat),
    defaultWidth: numberIn(format?.['defaultColWidth']),
    defaultHeight: numberIn(format?.['defaultRowHeight']),
    merges: areasOf(marks.tags, 'mergeCell', 'ref'),
    frozen: frozenBy(first('pane')),
    showsGrid: isOn(view?.['showGridLines'], true),
    isRightToLeft: isOn(view?.['rightToLeft']),
    tabColor: tab && colors.colorOf(tab),
    isProtected: isOn(first('sheetProtection')?.['sheet']),
    held: [...blocks, ...held],
    tables,
    links,
    isCut: marks.isCut,
  }
}

type Attributes = Readonly<Record<string, string>>

function attributesOfFirst(tags: readonly Tag[], name: string): Attributes | undefined {
  const found = tags.find((tag) => tag.name === name && tag.is !== 'close')
  return found && attributesOf(found)
}

const areasOf = (tags: readonly Tag[], name: string, attribute: string): readonly Area[] =>
  tags
    .filter((tag) => tag.name === name && tag.is !== 'close')
    .flatMap((tag) => readArea(attributesOf(tag)[attribute] ?? '') ?? [])

function readColumnFormat(tag: Tag): readonly Column[] {
  const { min, max, width, hidden, style } = attributesOf(tag)
  const [from, to] = [Number(min) - 1, Number(max) - 1]
  if (!(from >= 0 && to >= from)) return []
  return [
    {
      from,
      to,
      ...(width !== undefined && { width: Number(width) }),
      ...(isOn(hidden) && { isHidden: true }),
      ...(style !== undefined && { style: Number(style) }),
    },
  ]
}

/** A pane that is frozen has its size in cells; one that is split, in twentieths of a point, which is no size of cells. */
function frozenBy(pane: Attributes | undefined): Sheet['frozen'] {
  const isFrozen = pane?.['state'] === 'frozen' || pane?.['state'] === 'frozenSplit'
  if (!pane || !isFrozen || readPlace(pane['topLeftCell'] ?? 'A1') === undefined) return { rows: 0, columns: 0 }
  return { rows: Math.floor(Number(pane['ySplit'] ?? 0)), columns: Math.floor(Number(pane['xSplit'] ?? 0)) }
}

const numberIn = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))
