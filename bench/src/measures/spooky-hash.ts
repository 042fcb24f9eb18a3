import { runProgram } from '../child.ts'
import { type Figure, median } from '../figures.ts'

interface Rates {
  readonly rates: readonly number[]
  readonly baselineRates: readonly number[]
}

const enough = 1
const share = 0.7

/** The hash by which chunks are known, against the sum that is the fastest to be had in Node. */
export async function spookyHash(): Promise<readonly Figure[]> {
  const { rates, baselineRates } = await runProgram<Rates>('hashes', { rounds: 9, size: 256 * 2 ** 20 })
  const [rate, baseline] = [median(rates), median(baselineRates)]
  return [
    {
      what: 'SpookyHash, one core',
      measured: `${rate.toFixed(2)} GB/s`,
      baseline: `\`zlib.crc32\`: ${baseline.toFixed(2)} GB/s`,
      result: (rate / baseline).toFixed(2),
      aim: `at least ${share}, or ${enough} GB/s`,
      isMet: rate >= Math.min(enough, share * baseline),
    },
  ]
}
