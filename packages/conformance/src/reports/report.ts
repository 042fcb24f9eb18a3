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

/** How many checks came to what. */
export type Tally = Readonly<Record<Outcome['result'], number>>

/** The results, the worst first. */
export const worstFirst = ['failed', 'error', 'advice', 'skipped', 'passed'] as const

/** Counts the outcomes. */
export function tallyOf(outcomes: readonly Outcome[]): Tally {
  const tally = { failed: 0, error: 0, advice: 0, skipped: 0, passed: 0 }
  for (const { result } of outcomes) tally[result]++
  return tally
}

/** `3 failed, 120 passed`: what there is none of is left out. */
export function tallyText(outcomes: readonly Outcome[]): string {
  const tally = tallyOf(outcomes)
  const words = {
    failed: 'failed',
    error: 'could not be judged',
    advice: 'with advice',
    skipped: 'skipped',
    passed: 'passed',
  }
  const parts = worstFirst.filter((result) => tally[result] > 0).map((result) => `${tally[result]} ${words[result]}`)
  return parts.join(', ') || 'no checks'
}

/** Without what a terminal, an XML parser or a page would obey. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '\ufffd')

/** For XML and HTML. */
export const escaped = (text: string): string =>
  plain(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
