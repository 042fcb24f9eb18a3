import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { createSpookyHash } from '@openwopi/protocol/transfer'
import { options } from './serve.ts'

// What hashing costs, and nothing else: the same bytes again and again, in the pieces that files are read in.
const { rounds, size } = options
const piece = randomBytes(64 * 1024)

/** Gigabytes per second. */
function rateOf(take: (piece: Buffer) => void): number {
  const startedAt = performance.now()
  for (let left = size; left > 0; left -= piece.length) take(piece)
  return size / 1e6 / (performance.now() - startedAt)
}

const inTurns = () => {
  const hash = createSpookyHash()
  let sum = 0
  return {
    rate: rateOf((bytes) => hash.update(bytes)),
    baselineRate: rateOf((bytes) => {
      sum = crc32(bytes, sum)
    }),
  }
}

inTurns()
const measured = Array.from({ length: rounds }, inTurns)
process.once('disconnect', () => process.exit())
process.send?.({
  rates: measured.map(({ rate }) => rate),
  baselineRates: measured.map(({ baselineRate }) => baselineRate),
})
