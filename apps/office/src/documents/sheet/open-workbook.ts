import { type PackageLimits, usualLimits } from '../package/limits.ts'
import { openPackage } from '../package/package.ts'
import type { OpenedWorkbook } from './patch/patch-workbook.ts'
import { readWorkbook } from './read/read-workbook.ts'

const mebibyte = 1024 * 1024

/** Sheets are read at one go, while others wait: half a million cells take about a third of this. */
const limits: PackageLimits = { ...usualLimits, partSize: 96 * mebibyte, totalSize: 384 * mebibyte }

/** Opens a workbook. Throws `DocumentError` where it is damaged, or too large to be read. */
export function openWorkbook(bytes: Uint8Array): OpenedWorkbook {
  const document = openPackage(bytes, limits)
  return { document, workbook: readWorkbook(document) }
}
