import { DocumentError } from '../../package/document-error.ts'
import type { Package } from '../../package/package.ts'
import { patchPackage } from '../../package/patch-package.ts'
import type { WorkbookChanges } from '../changes.ts'
import { workbookParts } from '../read/read-workbook.ts'
import { readXml } from '../read/read-xml.ts'
import { markSheet, type SheetMarks } from '../read/sheet-marks.ts'
import type { Sheet, Workbook } from '../workbook.ts'
import { checkPatch } from './check-patch.ts'
import { isIdle } from './idle.ts'
import { withoutCalculationChain, withRecalculation } from './patch-calculation.ts'
import { patchSheet, type SheetPatch } from './patch-sheet.ts'
import type { StylesPatch } from './patch-styles.ts'
import { stylesOfWorkbook } from './styles-part.ts'

export interface WorkbookPatch {
  readonly changes: WorkbookChanges
  /** There are formulas that could not be calculated here: the next program that opens the workbook is to do it. */
  readonly needsCalculation: boolean
}

/** A workbook as it was opened. */
export interface OpenedWorkbook {
  readonly document: Package
  readonly workbook: Workbook
}

/**
 * The workbook with some of its cells changed, and every other byte of every part as it was. Throws `DocumentError` where
 * that did not come out.
 */
export function patchWorkbook({ document, workbook }: OpenedWorkbook, patch: WorkbookPatch): Uint8Array {
  if (workbook.obstacles[0] !== undefined) throw new DocumentError('would-lose', workbook.obstacles[0])
  const parts = workbookParts(document)
  const contents = new Map<string, Uint8Array | undefined>()
  const draft = draftOf(document, contents)
  const styles = stylesOfWorkbook(document, parts)
  const done = patchSheets({ draft, workbook, styles: styles.patch }, patch)
  if (done.length === 0) return document.bytes
  for (const { sheet, patched } of done) contents.set(sheet.part, encoder.encode(patched.xml))
  if (styles.patch.isChanged) {
    for (const [name, xml] of styles.parts()) contents.set(name, encoder.encode(xml))
  }
  if (done.some(({ patched }) => patched.hasLostFormulas)) addAll(contents, withoutCalculationChain(draft, parts))
  if (patch.needsCalculation) addAll(contents, withRecalculation(draft, parts))
  const bytes = patchPackage(document, contents)
  const changed = done.map(({ sheet, marks, patched }) => ({ sheet, marks, changes: patched.changes }))
  checkPatch({ document, workbook }, bytes, { done: changed, parts: new Set(contents.keys()) })
  return bytes
}

/** The package as it is so far. */
const draftOf = (document: Package, contents: ReadonlyMap<string, Uint8Array | undefined>): Package => ({
  ...document,
  has: (name) => (contents.has(name) ? contents.get(name) !== undefined : document.has(name)),
  read: (name) => contents.get(name) ?? document.read(name),
})

interface Drafting {
  readonly draft: Package
  readonly workbook: Workbook
  readonly styles: StylesPatch
}

interface PatchedSheet {
  readonly sheet: Sheet
  readonly marks: SheetMarks
  readonly patched: SheetPatch
}

function patchSheets({ draft, workbook, styles }: Drafting, { changes }: WorkbookPatch): readonly PatchedSheet[] {
  return workbook.sheets.flatMap((sheet) => {
    const asked = changes.get(sheet.name)
    if (!asked) return []
    const marks = markSheet(readXml(draft, sheet.part), Number.POSITIVE_INFINITY)
    const patched = patchSheet(marks, asked, { sheet, styles: workbook.styles, styleWith: styles.styleWith })
    return isIdle(patched.changes) ? [] : [{ sheet, marks, patched }]
  })
}

function addAll<K, V>(all: Map<K, V>, more: Iterable<readonly [K, V]>): void {
  for (const [key, value] of more) all.set(key, value)
}

const encoder = new TextEncoder()
