import type { Outcome } from '../run.ts'
import { plain, type Report, tallyText, worstFirst } from './report.ts'

const headings = {
  failed: 'Failed',
  error: 'Could not be judged',
  advice: 'Advice',
  skipped: 'Skipped',
  passed: 'Passed',
} as const

const marks = { failed: '✗', error: '!', advice: '~', skipped: '-', passed: '✓' } as const

/** One outcome as one line. */
export const lineOf = ({ check, result }: Outcome): string => `${marks[result]} ${plain(check.says)}`

/** For a terminal: the worst first; what passed as a number alone. */
export function asText({ wopiSrc, outcomes, leftovers, took }: Report): string {
  const sections = worstFirst
    .filter((result) => result !== 'passed')
    .map((result) =>
      sectionOf(
        result,
        outcomes.filter((outcome) => outcome.result === result),
      ),
    )
    .filter((section) => section !== '')
  const sum = `${tallyText(outcomes)} in ${(took / 1000).toFixed(1)} s: ${plain(wopiSrc)}`
  return `${[...sections, ...leftovers.map(plain), sum].join('\n\n')}\n`
}

function sectionOf(result: Outcome['result'], outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return ''
  const lines = result === 'skipped' ? bySameReason(outcomes) : outcomes.map(detailed)
  return [headings[result], ...lines].join('\n')
}

function detailed(outcome: Outcome): string {
  const { check, expected, came, reason, exchanges } = outcome
  return [
    `  ${lineOf(outcome)}`,
    ...(expected === undefined ? [] : [`      expected  ${plain(expected)}`, `      came      ${plain(came ?? '')}`]),
    ...(reason === undefined ? [] : [`      ${plain(reason)}`]),
    ...exchanges.slice(-3).map(({ sent, came: answer }) => `      sent      ${plain(sent)} → ${plain(answer)}`),
    `      see       ${check.spec}`,
  ].join('\n')
}

/** Many are skipped for one reason, which is what counts. */
function bySameReason(outcomes: readonly Outcome[]): string[] {
  const byReason = new Map<string, number>()
  for (const { reason = '' } of outcomes) byReason.set(reason, (byReason.get(reason) ?? 0) + 1)
  return [...byReason].map(([reason, count]) => `  - ${count} ${count === 1 ? 'check' : 'checks'}: ${plain(reason)}`)
}
