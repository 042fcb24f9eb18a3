/** What came of two things that were measured in turns, round by round. */
export interface Rates {
  readonly rates: readonly number[]
  readonly baselineRates: readonly number[]
}

/** Measures two rates in turns, after one of each that does not count. */
export async function ratesInTurns(
  rounds: number,
  ours: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<Rates> {
  await ours()
  await baseline()
  const rates: number[] = []
  const baselineRates: number[] = []
  for (let round = 0; round < rounds; round++) {
    rates.push(await ours())
    baselineRates.push(await baseline())
  }
  return { rates, baselineRates }
}

/** Megabytes per second. */
async function rateOf(transfer: () => Promise<void>, size: number): Promise<number> {
  const startedAt = performance.now()
  await transfer()
  return size / 1000 / (performance.now() - startedAt)
}

/** Runs two transfers of `size` bytes in turns. */
export const inTurns = (
  { rounds, size }: { readonly rounds: number; readonly size: number },
  ours: () => Promise<void>,
  bare: () => Promise<void>,
): Promise<Rates> =>
  ratesInTurns(
    rounds,
    () => rateOf(ours, size),
    () => rateOf(bare, size),
  )
