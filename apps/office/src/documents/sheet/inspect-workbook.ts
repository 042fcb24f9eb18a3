import { askApart, type ThreadLimits } from './ask-apart.ts'
import { isReadAtOnce, openWorkbook } from './open-workbook.ts'

const usual: ThreadLimits = { time: 30_000, memory: 1_024 }

/**
 * Why a workbook may only be shown, as sentences; none where it may be changed. A large one is read in a thread of its own.
 * Throws `DocumentError` where it cannot be read, or takes too long or too much memory.
 */
export async function inspectWorkbook(file: Uint8Array, limits = usual): Promise<readonly string[]> {
  if (isReadAtOnce(file)) return openWorkbook(file).workbook.obstacles
  const answer = await askApart({ file }, limits)
  return 'obstacles' in answer ? answer.obstacles : []
}
