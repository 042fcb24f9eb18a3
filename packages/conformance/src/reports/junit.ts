import type { Outcome } from '../run.ts'
import { escaped, type Report, tallyOf } from './report.ts'

/** As JUnit writes it, which every build server reads. Advice is no failure there: it goes to the output of its case. */
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
  const { check, result, reason = '', expected = '', came = '' } = outcome
  const open = `<testcase classname="${escaped(check.group)}" name="${escaped(check.says)}"`
  if (result === 'passed') return `${open}/>`
  const story = [`expected ${expected}`, `came ${came}`, ...exchangesOf(outcome), check.spec].map(escaped).join('\n')
  const inner = {
    failed: `<failure message="${escaped(`expected ${expected}; came ${came}`)}">${story}</failure>`,
    error: `<error message="${escaped(reason)}"/>`,
    skipped: `<skipped message="${escaped(reason)}"/>`,
    advice: `<system-out>${story}</system-out>`,
  }[result]
  return `${open}>${inner}</testcase>`
}

const exchangesOf = ({ exchanges }: Outcome): string[] => exchanges.map(({ sent, came }) => `${sent} -> ${came}`)
