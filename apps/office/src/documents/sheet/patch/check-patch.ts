import { comparePackages } from '../../package/compare-packages.ts'
import { DocumentError } from '../../package/document-error.ts'
import { openPackage, type Package } from '../../package/package.ts'
import { isSameValue, type SheetChanges } from '../changes.ts'
import { readWorkbook } from '../read/read-workbook.ts'
import { readXml } from '../read/read-xml.ts'
import { markSheet, type SheetMarks } from '../read/sheet-marks.ts'
import { placeName } from '../reference.ts'
import type { Cell, CellStyle, Sheet, Workbook } from '../workbook.ts'

/** What was meant to change. */
export interface Meant {
  /** By the names of their sheets. */
  readonly done: ReadonlyMap<string, SheetChanges>
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
  const read = readWorkbook(after)
  if (read.sheets.length !== workbook.sheets.length) throw wouldLose('a sheet would be lost')
  for (const [index, sheet] of workbook.sheets.entries()) {
    const now = read.sheets[index]
    if (!now) throw wouldLose(`the sheet “${sheet.name}” would be lost`)
    checkSheet([sheet, now], done.get(sheet.name), { before: workbook.styles, after: read.styles })
    if (done.has(sheet.name)) checkAround(marksOf(document, sheet), marksOf(after, now), sheet.name)
  }
}

const wouldLose = (what: string) =>
  new DocumentError('would-lose', `This workbook is not saved, because ${what}. Download your changes to keep them.`)

const marksOf = (document: Package, { part }: Sheet): SheetMarks => markSheet(readXml(document, part), Infinity)

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
function checkSheet([before, after]: readonly [Sheet, Sheet], changes: SheetChanges | undefined, styles: Styles): void {
  const expected = cellsOf(before)
  const found = cellsOf(after)
  for (const { row, column, ...result } of changes?.calculated ?? []) {
    const name = placeName({ row, column })
    const cell = expected.get(name)
    if (cell) expected.set(name, { ...cell, ...result })
  }
  for (const { row, column, value, formula, format } of changes?.typed ?? []) {
    const name = placeName({ row, column })
    const cell = found.get(name)
    const wanted = format ?? styles.before[expected.get(name)?.style ?? cell?.style ?? 0]?.format
    if (cell && styles.after[cell.style]?.format !== wanted)
      throw wouldLose(`${name} of “${before.name}” would look another way`)
    expected.set(name, { column, value, style: cell?.style ?? 0, ...(formula !== undefined && { formula }) })
  }
  const names = new Set([...expected.keys(), ...found.keys()])
  const wrong = [...names].find((name) => !isSameCell(expected.get(name), found.get(name)))
  if (wrong !== undefined) throw wouldLose(`${wrong} of “${before.name}” would come out wrong`)
}

const cellsOf = ({ rows }: Sheet): Map<string, Cell> =>
  new Map(
    rows.flatMap(({ index, cells }) => cells.map((cell) => [placeName({ row: index, column: cell.column }), cell])),
  )

const isSameCell = (one: Cell | undefined, other: Cell | undefined): boolean =>
  isSameValue(one?.value ?? null, other?.value ?? null) &&
  one?.formula === other?.formula &&
  one?.style === other?.style
