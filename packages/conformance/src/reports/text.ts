import type { Outcome } from '../run.ts'
import { headings, plain, type Report, type Standing, standingOf, standings, tallyText } from './report.ts'

const marks: { readonly [S in Standing]: string } = {
  failed: '✗',
  error: '!',
  should: '~',
  interoperability: '≈',
  skipped: '-',
  passed: '✓',
}

/** One outcome as one line. */
export const lineOf = (outcome: Outcome): string => `${marks[standingOf(outcome)]} ${plain(outcome.check.says)}`

/** For a terminal: the worst first; what passed as a number alone. */
export function asText({ wopiSrc, outcomes, leftovers, took }: Report): string {
  const sections = standings
    .filter((standing) => standing !== 'passed')
    .map((standing) =>
      sectionOf(
        standing,
        outcomes.filter((outcome) => standingOf(outcome) === standing),
      ),
    )
    .filter((section) => section !== '')
  const sum = `${tallyText(outcomes)} in ${(took / 1000).toFixed(1)} s: ${plain(wopiSrc)}`
  return `${[...sections, ...leftovers.map(plain), sum].join('\n\n')}\n`
}

function sectionOf(standing: Standing, outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return ''
  const lines = standing === 'skipped' ? bySameReason(outcomes) : outcomes.map(detailed)
  return [headings[standing], ...lines].join('\n')
}

function detailed(outcome: Outcome): string {
  const { check, expected, came, reason, exchanges } = outcome
  return [
    `  ${lineOf(outcome)}`,
    ...(check.client === undefined ? [] : [`      minded by ${check.client}`]),
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
