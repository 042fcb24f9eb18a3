import type { Change } from './change.ts'
import { childText, hasFormula } from './sheet-rows.ts'
import { attributeIn, unescapeXml } from './tokens.ts'

const tagOf = (cell: string) => cell.slice(0, cell.indexOf('>') + 1)
const styleOf = (cell: string | undefined) => (cell && attributeIn(tagOf(cell), 's')) ?? '0'

/** What is wrong with a cell that was typed into. */
export function typedProblems(
  was: string | undefined,
  is: string | undefined,
  { inserted }: Change,
): readonly string[] {
  if (is === undefined) return ['the cell that was typed into is not there']
  const problems: string[] = []
  // A cell that was not there has the style of its row or column.
  if (was !== undefined && styleOf(was) !== styleOf(is)) problems.push('the cell that was typed into looks otherwise')
  if (hasFormula(is)) problems.push('the cell that was typed into has become a formula')
  if (!isTyped(is, inserted)) problems.push(`the cell holds ${is}, and not ${inserted}`)
  return problems
}

/** In a cell that shows percentages, a number is typed as one. */
function isTyped(cell: string, inserted: string): boolean {
  const type = attributeIn(tagOf(cell), 't')
  const text = type === 'inlineStr' ? childText(cell, 't') : childText(cell, 'v')
  const plain = unescapeXml(text ?? '')
  if (type === 'inlineStr' || type === 'str') return plain === inserted
  return (type === undefined || type === 'n') && [1, 100].some((by) => Number(plain) === Number(inserted) / by)
}
