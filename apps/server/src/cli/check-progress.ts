import { lineOf, type Outcome, type Run, standingOf } from '@openwopi/conformance'

const width = 24
const clearLine = '\r\u001b[K'

/** Runs the checks. A terminal sees how far they are, and at once what goes wrong. */
export async function watched(run: Run): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const isSeen = process.stderr.isTTY
  for await (const outcome of run.outcomes()) {
    outcomes.push(outcome)
    if (isSeen) process.stderr.write(clearLine + said(outcome) + bar(outcomes, run.checks.length))
  }
  if (isSeen) process.stderr.write(clearLine)
  return outcomes
}

const isWrong = (outcome: Outcome) => ['failed', 'error'].includes(standingOf(outcome))

const said = (outcome: Outcome): string => (isWrong(outcome) ? `${lineOf(outcome)}\n` : '')

/** `[######----------] 312/1043 locks, 2 failed`. */
function bar(outcomes: readonly Outcome[], total: number): string {
  const filled = Math.round((outcomes.length / total) * width)
  const failed = outcomes.filter(isWrong).length
  const group = outcomes.at(-1)?.check.group ?? ''
  const wrong = failed > 0 ? `, ${failed} failed` : ''
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${outcomes.length}/${total} ${group}${wrong}`
}
