import { isReadAtOnce } from '../package/is-read-at-once.ts'
import { type PackageLimits, usualLimits } from '../package/limits.ts'
import { openPackage } from '../package/package.ts'
import { isOpenDocument, readOds } from './ods/read-ods.ts'
import type { OpenedWorkbook } from './patch/patch-workbook.ts'
import { mostCells, readWorkbook } from './read/read-workbook.ts'

const mebibyte = 1024 * 1024

/** Half a million cells take about a third of this. */
const limits: PackageLimits = { ...usualLimits, partSize: 96 * mebibyte, totalSize: 384 * mebibyte }

/** Opens a workbook. Throws `DocumentError` where it is damaged, or too large to be read. */
export function openWorkbook(bytes: Uint8Array): OpenedWorkbook {
  const document = openPackage(bytes, limits)
  const workbook = isOpenDocument(document) ? readOds(document, mostCells) : readWorkbook(document)
  return { document, workbook }
}

/** A workbook that has been read elsewhere. */
export const openedWorkbook = (bytes: Uint8Array, workbook: OpenedWorkbook['workbook']): OpenedWorkbook => ({
  document: openPackage(bytes, limits),
  workbook,
})

/** Whether a workbook is read in a moment. Throws `DocumentError` where it is no package. */
export const isWorkbookReadAtOnce = (bytes: Uint8Array): boolean => isReadAtOnce(bytes, limits)
