import { runProgram } from '../child.ts'
import { type Figure, limitFigure, median, ratioFigure } from '../figures.ts'

interface Round {
  /** All in milliseconds. */
  readonly hashing: number
  readonly querying: number
  readonly longestDelay: number
  readonly put: number
  readonly hashingChange: number
}

/** The cells of a presentation of 100 MB, against the hash that tells its parts apart. */
export async function cells(): Promise<readonly Figure[]> {
  const { size, rounds } = await runProgram<{ size: number; rounds: readonly Round[] }>('cells', { rounds: 7 })
  const rateOf = (milliseconds: number) => size / 1e3 / milliseconds
  const rest = rounds.map(({ put, hashingChange }) => put - 2 * hashingChange)
  return [
    ratioFigure({
      what: 'Query Changes of a .pptx of 100 MB',
      unit: 'MB/s',
      rates: rounds.map(({ querying }) => rateOf(querying)),
      baseline: 'SHA-1 of the same bytes',
      baselineRates: rounds.map(({ hashing }) => rateOf(hashing)),
      aim: 0.5,
    }),
    limitFigure({
      what: 'One slide of it put back',
      value: Math.max(0, median(rest)),
      unit: 'ms',
      baseline: 'twice the SHA-1 of what has changed',
      limit: 50,
    }),
    limitFigure({
      what: 'How long others wait for it at most',
      value: median(rounds.map(({ longestDelay }) => longestDelay)),
      unit: 'ms',
      baseline: 'an idle server',
      limit: 50,
    }),
  ]
}
