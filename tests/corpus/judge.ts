import type { Saved } from './change-document.ts'
import type { Change } from './compare/change.ts'
import { compareOutline, comparePdf, compareText } from './compare/compare-others.ts'
import { compareSheets, type SheetComparison } from './compare/compare-sheets.ts'
import { compareWord } from './compare/compare-word.ts'
import type { Outcome } from './outcome.ts'

/** Says what came of changing a document, by what its file holds now. */
export function judge(extension: string, before: Uint8Array, saved: Saved): Outcome {
  if (saved.is !== 'changed') return { is: saved.is, why: saved.why }
  const { problems, recalculated } = compare(extension, [before, saved.after], saved.change)
  const is = problems.length === 0 ? 'kept' : 'wrong'
  return { is, why: problems.slice(0, 5).join('; '), change: saved.change, recalculated }
}

function compare(
  extension: string,
  [before, after]: readonly [Uint8Array, Uint8Array],
  change: Change,
): SheetComparison {
  if (/^xls[xm]$/.test(extension)) return compareSheets(before, after, change)
  return { problems: problemsOf(extension, [before, after], change), recalculated: [] }
}

function problemsOf(
  extension: string,
  [before, after]: readonly [Uint8Array, Uint8Array],
  change: Change,
): readonly string[] {
  if (/^do[ct][xm]$/.test(extension)) return compareWord(before, after, change)
  if (extension === 'pdf') return comparePdf(before, after)
  return extension === 'csv' ? compareText(before, after, change) : compareOutline(before, after, change)
}
