import { type Report, tallyOf } from './report.ts'

/** As one JSON object, for programs. */
export const asJson = (report: Report): string =>
  `${JSON.stringify(
    {
      ...report,
      startedAt: new Date(report.startedAt).toISOString(),
      tally: tallyOf(report.outcomes),
      outcomes: report.outcomes.map(({ check: { run: _, ...check }, ...outcome }) => ({ ...check, ...outcome })),
    },
    undefined,
    2,
  )}\n`
