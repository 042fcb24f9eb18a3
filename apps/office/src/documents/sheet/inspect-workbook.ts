import { askApart } from '../apart/ask-apart.ts'
import type { ThreadLimits } from '../apart/document-threads.ts'
import { isWorkbookReadAtOnce, openWorkbook } from './open-workbook.ts'

const usual: ThreadLimits = { time: 30_000, memory: 1_024 }

/**
 * Why a workbook may only be shown, as sentences; none where it may be changed. A large one is read in a thread of its own.
 * Throws `DocumentError` where it cannot be read, or takes too long or too much memory.
 */
export const inspectWorkbook = async (file: Uint8Array, limits = usual): Promise<readonly string[]> =>
  isWorkbookReadAtOnce(file) ? openWorkbook(file).workbook.obstacles : askApart('inspectWorkbook', { file }, limits)
