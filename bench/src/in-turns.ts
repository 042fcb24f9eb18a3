/** Megabytes per second. */
async function rateOf(transfer: () => Promise<void>, size: number): Promise<number> {
  const startedAt = performance.now()
  await transfer()
  return size / 1000 / (performance.now() - startedAt)
}

/** Runs two transfers of `size` bytes in turns, after one of each that does not count. */
export async function inTurns(
  { rounds, size }: { readonly rounds: number; readonly size: number },
  ours: () => Promise<void>,
  bare: () => Promise<void>,
) {
  await ours()
  await bare()
  const rates: number[] = []
  const baselineRates: number[] = []
  for (let round = 0; round < rounds; round++) {
    rates.push(await rateOf(ours, size))
    baselineRates.push(await rateOf(bare, size))
  }
  return { rates, baselineRates }
}
