import type { Workbook } from '../../../../src/documents/sheet/workbook.ts'
import { strings } from '../../strings.ts'

/** Says what a workbook holds that cannot be seen or calculated here. `undefined`: nothing. */
export function unseenText(workbook: Workbook, isComplete: boolean): string | undefined {
  const { sheet } = strings
  const parts = workbook.unseen.map((what) => sheet.unseen[what])
  const sentences = [
    parts.length > 0 ? sheet.kept(parts.join(', ')) : undefined,
    isComplete ? undefined : sheet.notCalculated,
  ]
  return sentences.filter((one) => one !== undefined).join(' ') || undefined
}
