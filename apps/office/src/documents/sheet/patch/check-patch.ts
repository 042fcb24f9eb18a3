import { comparePackages } from '../../package/compare-packages.ts'
import { DocumentError } from '../../package/document-error.ts'
import { openPackage, type Package } from '../../package/package.ts'
import { isSameValue, type SheetChanges } from '../changes.ts'
import { readCells } from '../read/read-cells.ts'
import { readLooks, workbookParts } from '../read/read-workbook.ts'
import { readXml } from '../read/read-xml.ts'
import { markSheet, type SheetMarks } from '../read/sheet-marks.ts'
import { placeName } from '../reference.ts'
import type { Cell, CellStyle, Row, Sheet, Workbook } from '../workbook.ts'

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
  const { strings, styles } = readLooks(after, found)
  for (const changed of done) {
    const marks = markSheet(readXml(after, changed.sheet.part), Number.POSITIVE_INFINITY)
    checkAround(changed.marks, marks, changed.sheet.name)
    checkCells(changed, readCells(marks, strings).rows, { before: workbook.styles, after: styles })
  }
}

const wouldLose = (what: string) =>
  new DocumentError('would-lose', `This workbook is not saved, because ${what}. Download your changes to keep them.`)

/** Whatever stands before and after the rows is as it was, but for how far the cells reach. */
function checkAround(before: SheetMarks, after: SheetMarks, name: string): void {
  const start = ({ xml, data }: SheetMarks) => xml.slice(0, data.from).replace(/<(\w+:)?dimension\s[^>]*>/, '')
  const end = ({ xml, data }: SheetMarks) => xml.slice(data.to)
  if (start(before) !== start(after) || end(before) !== end(after)) throw wouldLose(`more of “${name}” would change`)
}

interface Styles {
  readonly before: readonly CellStyle[]
  readonly after: readonly CellStyle[]
}

/** Each cell is as it was, or as it was meant to be. */
function checkCells({ sheet, changes }: ChangedSheet, after: readonly Row[], styles: Styles): void {
  const meant = new Map<string, Partial<Cell>>()
  for (const { row, column, value } of changes.calculated) meant.set(placeName({ row, column }), { value })
  for (const { row, column, value, formula } of changes.typed) {
    meant.set(placeName({ row, column }), { value, formula: formula ?? '' })
  }
  const formats = new Map(changes.typed.map(({ format, ...place }) => [placeName(place), format]))
  for (const [index, before, now] of pairs(sheet.rows, after)) {
    for (const [column, one, other] of pairs(before?.cells ?? [], now?.cells ?? [])) {
      const name = placeName({ row: index, column })
      const wanted = expected(one, meant.get(name))
      const isMeant = isSameContent(wanted, other) && looksRight([one, other], { format: formats.get(name), styles })
      if (!isMeant) throw wouldLose(`${name} of “${sheet.name}” would come out wrong`)
    }
  }
}

const expected = (before: Cell | undefined, meant: Partial<Cell> | undefined): Pick<Cell, 'value' | 'formula'> => {
  const { value = null, formula = '' } = { ...before, ...meant }
  return { value, formula }
}

const isSameContent = (one: Pick<Cell, 'value' | 'formula'>, other: Cell | undefined): boolean =>
  isSameValue(one.value, other?.value ?? null) && (one.formula ?? '') === (other?.formula ?? '')

/** A cell keeps its style; one that is new, or gets another number format, has that of its place. */
function looksRight(
  [before, after]: readonly [Cell | undefined, Cell | undefined],
  { format, styles }: { format: string | undefined; styles: Styles },
): boolean {
  if (!after) return before === undefined
  const look = styles.after[after.style]
  if (format === undefined) return before === undefined || before.style === after.style
  const was = before && styles.before[before.style]
  return look?.format === format && (!was || (was.font.name === look.font.name && was.fill === look.fill))
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
