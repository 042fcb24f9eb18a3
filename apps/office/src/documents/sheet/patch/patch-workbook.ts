import { DocumentError } from '../../package/document-error.ts'
import type { Package } from '../../package/package.ts'
import { patchPackage } from '../../package/patch-package.ts'
import type { WorkbookChanges } from '../changes.ts'
import { type WorkbookParts, workbookParts } from '../read/read-workbook.ts'
import { readXml } from '../read/read-xml.ts'
import { markSheet } from '../read/sheet-marks.ts'
import type { Workbook } from '../workbook.ts'
import { type ChangedSheet, checkPatch } from './check-patch.ts'
import { withoutCalculationChain, withRecalculation } from './patch-calculation.ts'
import { patchSheet } from './patch-sheet.ts'
import { patchStyles } from './patch-styles.ts'

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
  const { contents, done } = patchParts({ document, workbook }, parts, patch)
  if (done.length === 0) return document.bytes
  if (patch.needsCalculation) addAll(contents, withRecalculation(document, parts))
  const bytes = patchPackage(document, contents)
  checkPatch({ document, workbook }, bytes, { done, parts: new Set(contents.keys()) })
  return bytes
}

interface Patched {
  readonly contents: Map<string, Uint8Array | undefined>
  readonly done: readonly ChangedSheet[]
}

function patchParts({ document, workbook }: OpenedWorkbook, parts: WorkbookParts, patch: WorkbookPatch): Patched {
  const stylesPart = parts.relationships.find(({ type }) => type === 'styles')?.part
  const styles = stylesPart && document.has(stylesPart) ? patchStyles(readXml(document, stylesPart)) : undefined
  const contents = new Map<string, Uint8Array | undefined>()
  const done: ChangedSheet[] = []
  for (const sheet of workbook.sheets) {
    const asked = patch.changes.get(sheet.name)
    if (!asked) continue
    const marks = markSheet(readXml(document, sheet.part), Number.POSITIVE_INFINITY)
    const { xml, changes, hasLostFormulas } = patchSheet(marks, asked, {
      sheet,
      formatOf: (style) => workbook.styles[style]?.format ?? 'General',
      styleWith: (style, format) => styles?.styleWith(style, format) ?? style,
    })
    if (changes.typed.length + changes.calculated.length === 0) continue
    done.push({ sheet, marks, changes })
    contents.set(sheet.part, encoder.encode(xml))
    if (hasLostFormulas) addAll(contents, withoutCalculationChain(document, parts))
  }
  if (styles?.isChanged && stylesPart) contents.set(stylesPart, encoder.encode(styles.xml()))
  return { contents, done }
}

function addAll<K, V>(all: Map<K, V>, more: Iterable<readonly [K, V]>): void {
  for (const [key, value] of more) all.set(key, value)
}

const encoder = new TextEncoder()
