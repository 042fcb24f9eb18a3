import { comparePackages } from '../../package/compare-packages.ts'
import { DocumentError } from '../../package/document-error.ts'
import { openPackage, type Package } from '../../package/package.ts'
import { isSameValue, type SheetChanges } from '../changes.ts'
import { readSheet } from '../read/read-sheet.ts'
import { readLooks, workbookParts } from '../read/read-workbook.ts'
import { readXml } from '../read/read-xml.ts'
import { markSheet, type SheetMarks } from '../read/sheet-marks.ts'
import { areaName, placeName } from '../reference.ts'
import { looksSame } from '../styled.ts'
import { withChanges } from '../with-changes.ts'
import type { Cell, CellStyle, Sheet, Workbook } from '../workbook.ts'
import { sectionsOf } from './sections.ts'

/** A sheet of which cells were to change, as it was before. */
export interface ChangedSheet {
  readonly sheet: Sheet
  readonly marks: SheetMarks
  readonly changes: SheetChanges
}

/** What was meant to change. */
export interface Meant {
  readonly done: readonly ChangedSheet[]
  readonly parts: ReadonlySet<string>
}

interface Before {
  readonly document: Package
  readonly workbook: Workbook
}

/** Reads what was written, and throws where anything is another than it was meant to be. */
export function checkPatch({ document, workbook }: Before, bytes: Uint8Array, { done, parts }: Meant): void {
  const after = openPackage(bytes)
  const stray = comparePackages(document, after).find(({ name }) => !parts.has(name))
  if (stray) throw wouldLose(`“${stray.name}” would change`)
  const found = workbookParts(after)
  const sheets = found.sheets.flatMap(({ part }) => part ?? [])
  if (sheets.join() !== workbook.sheets.map(({ part }) => part).join()) throw wouldLose('a sheet would be lost')
  const { strings, styles, colors } = readLooks(after, found)
  const meant = withChanges(workbook, new Map(done.map(({ sheet, changes }) => [sheet.name, changes])))
  for (const { sheet, marks, changes } of done) {
    const written = markSheet(readXml(after, sheet.part), Number.POSITIVE_INFINITY)
    checkAround([marks, written], changes, sheet.name)
    const read = readSheet(sheet, written, { strings, colors, held: [], tables: [], links: [] })
    const expected = meant.sheets.find(({ part }) => part === sheet.part)
    if (!expected) throw wouldLose(`“${sheet.name}” would be lost`)
    checkLayout(expected, read)
    checkRows([sheet, expected, read], { meant: meant.styles, after: styles })
  }
}

const wouldLose = (what: string) =>
  new DocumentError('would-lose', `This workbook is not saved, because ${what}. Download your changes to keep them.`)

/** Whatever stands before and after the rows is as it was, but for what was meant to change. */
function checkAround([before, after]: readonly [SheetMarks, SheetMarks], changes: SheetChanges, name: string): void {
  const [was, is] = [before, after].map((marks) => aroundRows(marks, changes))
  if (was !== is) throw wouldLose(`more of “${name}” would change`)
}

function aroundRows(marks: SheetMarks, { columns, merges, frozen }: SheetChanges): string {
  const changed = new Set(['dimension', columns && 'cols', merges && 'mergeCells', frozen && 'sheetViews'])
  const kept = sectionsOf(marks).filter(({ name }) => name !== 'sheetData' && !changed.has(name))
  const root = marks.tags.find(({ is }) => is !== 'close')
  const tail = Math.max(marks.data.to, ...sectionsOf(marks).map(({ to }) => to))
  const texts = kept.map(({ from, to }) => marks.xml.slice(from, to))
  return [marks.xml.slice(0, root?.end ?? 0), ...texts, marks.xml.slice(tail)].join('\n')
}

/** Widths, merged cells and frozen panes are what they were meant to be. */
function checkLayout(meant: Sheet, { columns, merges, frozen }: Sheet): void {
  const names = (areas: Sheet['merges']) => areas.map(areaName).sort().join()
  const isFrozenSo = frozen.rows === meant.frozen.rows && frozen.columns === meant.frozen.columns
  if (names(merges) !== names(meant.merges) || !isFrozenSo) {
    throw wouldLose(`merged cells or frozen rows of “${meant.name}” would come out wrong`)
  }
  const isColumn = (at: number) => {
    const [wanted, read] = [meant.columns[at], columns[at]]
    return isPart(wanted, { isHidden: false, ...read })
  }
  if (columns.length !== meant.columns.length || !columns.every((_, at) => isColumn(at))) {
    throw wouldLose(`columns of “${meant.name}” would come out wrong`)
  }
}

/** Whether whatever is said of one is so of the other. */
const isPart = (one: object | undefined, other: object): boolean =>
  one !== undefined && Object.entries(one).every(([name, value]) => Reflect.get(other, name) === value)

interface Styles {
  readonly meant: readonly CellStyle[]
  readonly after: readonly CellStyle[]
}

/** Each row and cell is as it was, or as it was meant to be. */
function checkRows([before, meant, read]: readonly [Sheet, Sheet, Sheet], styles: Styles): void {
  const known = new Map(before.rows.map((row) => [row.index, row]))
  for (const [index, wanted, now] of pairs(meant.rows, read.rows)) {
    const isHigh = wanted?.height === now?.height && (wanted?.isHidden ?? false) === (now?.isHidden ?? false)
    if (!isHigh) throw wouldLose(`row ${index + 1} of “${before.name}” would come out wrong`)
    const was = known.get(index)
    // A row that nothing is asked of is the very same one.
    const numbers = was === wanted ? undefined : new Map(was?.cells.map(({ column, style }) => [column, style]))
    for (const [column, one, other] of pairs(wanted?.cells ?? [], now?.cells ?? [])) {
      const isMeant =
        isSameContent(one, other) && looksRight(numbers ? numbers.get(column) : one?.style, [one, other], styles)
      if (!isMeant) throw wouldLose(`${placeName({ row: index, column })} of “${before.name}” would come out wrong`)
    }
  }
}

const isSameContent = (one: Cell | undefined, other: Cell | undefined): boolean =>
  isSameValue(one?.value ?? null, other?.value ?? null) && (one?.formula ?? '') === (other?.formula ?? '')

/** A cell keeps its style, by its number; where it gets another look, that is the one it was meant to get. */
function looksRight(
  before: number | undefined,
  [meant, after]: readonly [Cell | undefined, Cell | undefined],
  styles: Styles,
): boolean {
  if (!meant || !after) return meant === undefined && after === undefined
  if (meant.style === before) return after.style === before
  const [wanted, look] = [styles.meant[meant.style], styles.after[after.style]]
  return wanted !== undefined && look !== undefined && looksSame(wanted, look)
}

type Indexed = { readonly index: number } | { readonly column: number }

/** What two ordered lists have at the same places. */
function* pairs<T extends Indexed>(
  one: readonly T[],
  other: readonly T[],
): Generator<readonly [number, T | undefined, T | undefined]> {
  const at = (item: T | undefined) => (item ? ('index' in item ? item.index : item.column) : Number.POSITIVE_INFINITY)
  let [left, right] = [0, 0]
  while (left < one.length || right < other.length) {
    const place = Math.min(at(one[left]), at(other[right]))
    const first = at(one[left]) === place ? one[left++] : undefined
    const second = at(other[right]) === place ? other[right++] : undefined
    yield [place, first, second]
  }
}
