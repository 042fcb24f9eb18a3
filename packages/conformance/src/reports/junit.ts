import type { Outcome } from '../run.ts'
import { escaped, headings, type Report, standingOf, tallyOf } from './report.ts'

/** As JUnit writes it, which every build server reads. What is no must is no failure there: it goes to the output of its case. */
export function asJUnit(report: Report): string {
  const { failed, error, skipped } = tallyOf(report.outcomes)
  const attributes = `tests="${report.outcomes.length}" failures="${failed}" errors="${error}" skipped="${skipped}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="openwopi check" ${attributes} time="${(report.took / 1000).toFixed(3)}">`,
    `<testsuite name="${escaped(report.wopiSrc)}" ${attributes} timestamp="${new Date(report.startedAt).toISOString()}">`,
    ...report.outcomes.map(caseOf),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseOf(outcome: Outcome): string {
  const { check, result } = outcome
  const open = `<testcase classname="${escaped(check.group)}" name="${escaped(check.says)}"`
  return result === 'passed' ? `${open}/>` : `${open}>${innerOf(outcome)}</testcase>`
}

function innerOf(outcome: Outcome): string {
  const { check, reason = '', expected = '', came = '', exchanges } = outcome
  const standing = standingOf(outcome)
  const sent = exchanges.map((exchange) => `${exchange.sent} -> ${exchange.came}`)
  const story = [`expected ${expected}`, `came ${came}`, ...sent, check.spec].map(escaped).join('\n')
  if (standing === 'failed')
    return `<failure message="${escaped(`expected ${expected}; came ${came}`)}">${story}</failure>`
  if (standing === 'error') return `<error message="${escaped(reason)}"/>`
  if (standing === 'skipped') return `<skipped message="${escaped(reason)}"/>`
  const of = check.client === undefined ? headings[standing] : `${headings[standing]}: ${check.client}`
  return `<system-out>${[escaped(of), story].join('\n')}</system-out>`
}
