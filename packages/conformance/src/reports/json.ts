import { severityOf } from '../check.ts'
import type { Outcome } from '../run.ts'
import { type Report, tallyOf } from './report.ts'

/** As one JSON object, for programs. */
export const asJson = (report: Report): string =>
  `${JSON.stringify(
    {
      ...report,
      startedAt: new Date(report.startedAt).toISOString(),
      tally: tallyOf(report.outcomes),
      outcomes: report.outcomes.map(flat),
    },
    undefined,
    2,
  )}\n`

/** The check and what came of it side by side. */
function flat({ check: { run: _, ...check }, ...outcome }: Outcome) {
  return { ...check, severity: severityOf({ ...check, run: _ }), ...outcome }
}
