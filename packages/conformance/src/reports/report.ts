import { severityOf } from '../check.ts'
import type { Outcome } from '../run.ts'

/** A run that is over. */
export interface Report {
  readonly wopiSrc: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Milliseconds. */
  readonly took: number
  readonly plan: readonly string[]
  readonly leftovers: readonly string[]
  readonly outcomes: readonly Outcome[]
}

/** What came of checks, the worst first. A failed check counts by how much it weighs. */
export const standings = ['failed', 'error', 'should', 'interoperability', 'skipped', 'passed'] as const

/** What came of a check: `failed` a must, or it could not be judged (`error`), or it failed one that weighs less. */
export type Standing = (typeof standings)[number]

/** What came of a check, in view of how much it weighs. */
export function standingOf({ check, result }: Outcome): Standing {
  if (result !== 'failed') return result
  const severity = severityOf(check)
  return severity === 'must' ? 'failed' : severity
}

/** How many checks came to what. */
export type Tally = Readonly<Record<Standing, number>>

/** Counts the outcomes. */
export function tallyOf(outcomes: readonly Outcome[]): Tally {
  const tally = { failed: 0, error: 0, should: 0, interoperability: 0, skipped: 0, passed: 0 }
  for (const outcome of outcomes) tally[standingOf(outcome)]++
  return tally
}

/** What stands above the checks that came to the same. */
export const headings: { readonly [S in Standing]: string } = {
  failed: 'Failed',
  error: 'Could not be judged',
  should: 'Should be better',
  interoperability: 'Trouble with a client',
  skipped: 'Skipped',
  passed: 'Passed',
}

const counted: { readonly [S in Standing]: string } = {
  failed: 'failed',
  error: 'could not be judged',
  should: 'should be better',
  interoperability: 'trouble a client',
  skipped: 'skipped',
  passed: 'passed',
}

/** `3 failed, 120 passed`: what there is none of is left out. */
export function tallyText(outcomes: readonly Outcome[]): string {
  const tally = tallyOf(outcomes)
  const parts = standings.filter((each) => tally[each] > 0).map((each) => `${tally[each]} ${counted[each]}`)
  return parts.join(', ') || 'no checks'
}

/** Without what a terminal, an XML parser or a page would obey. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '\ufffd')

/** For XML and HTML. */
export const escaped = (text: string): string =>
  plain(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
