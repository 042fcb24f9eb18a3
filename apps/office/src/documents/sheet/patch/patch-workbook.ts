import { DocumentError } from '../../package/document-error.ts'
import type { Package } from '../../package/package.ts'
import { patchPackage } from '../../package/patch-package.ts'
import type { SheetChanges, WorkbookChanges } from '../changes.ts'
import { readStrings } from '../read/read-strings.ts'
import { type WorkbookParts, workbookParts } from '../read/read-workbook.ts'
import { readXml } from '../read/read-xml.ts'
import { markSheet } from '../read/sheet-marks.ts'
import type { Workbook } from '../workbook.ts'
import { checkPatch } from './check-patch.ts'
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
  if (done.size === 0) return document.bytes
  if (patch.needsCalculation)
    for (const [name, content] of withRecalculation(document, parts)) contents.set(name, content)
  const bytes = patchPackage(document, contents)
  checkPatch({ document, workbook }, bytes, { done, parts: new Set(contents.keys()) })
  return bytes
}

interface Patched {
  readonly contents: Map<string, Uint8Array | undefined>
  /** By the names of their sheets. */
  readonly done: ReadonlyMap<string, SheetChanges>
}

function patchParts({ document, workbook }: OpenedWorkbook, parts: WorkbookParts, patch: WorkbookPatch): Patched {
  const partOf = (wanted: string) => parts.relationships.find(({ type }) => type === wanted)?.part
  const [stringsPart, stylesPart] = [partOf('sharedStrings'), partOf('styles')]
  const strings = stringsPart && document.has(stringsPart) ? readStrings(readXml(document, stringsPart)) : []
  const styles = stylesPart && document.has(stylesPart) ? patchStyles(readXml(document, stylesPart)) : undefined
  const contents = new Map<string, Uint8Array | undefined>()
  const done = new Map<string, SheetChanges>()
  for (const sheet of workbook.sheets) {
    const asked = patch.changes.get(sheet.name)
    if (!asked) continue
    const { xml, changes, hasLostFormulas } = patchSheet(markSheet(readXml(document, sheet.part), Infinity), asked, {
      strings,
      columns: sheet.columns,
      formatOf: (style) => workbook.styles[style]?.format ?? 'General',
      styleWith: (style, format) => styles?.styleWith(style, format) ?? style,
    })
    if (changes.typed.length + changes.calculated.length === 0) continue
    done.set(sheet.name, changes)
    contents.set(sheet.part, encoder.encode(xml))
    if (hasLostFormulas)
      for (const [name, content] of withoutCalculationChain(document, parts)) contents.set(name, content)
  }
  if (styles?.isChanged && stylesPart) contents.set(stylesPart, encoder.encode(styles.xml()))
  return { contents, done }
}

const encoder = new TextEncoder()
