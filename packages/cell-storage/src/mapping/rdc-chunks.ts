import type { FileChunk } from './chunk.ts'
import { md4 } from './md4.ts'
import { rollingTable } from './rolling-table.ts'

/** How many bytes the rolling hash looks back. */
const lookBack = 48
/** How far a cut is the highest point around. */
const horizon = 16_384
const mostInChunk = 65_535

/** The rolling hashes of the bytes from the beginning of a chunk on, as far as a chunk can reach. */
function rollingHashes(bytes: Uint8Array) {
  const hashes = new Uint32Array(mostInChunk)
  const table = Int32Array.from(rollingTable)
  let start = 0
  let filled = 0
  return {
    hashes,
    /** Moves to a chunk that begins at `at`. The hash of a byte depends on those before it, in the chunk or not. */
    moveTo(at: number): void {
      const last = filled > 0 ? (hashes[filled - 1] ?? 0) : 0
      hashes.copyWithin(0, at - start, filled)
      filled -= at - start
      start = at
      let hash = last
      for (const end = Math.min(mostInChunk, bytes.length - start); filled < end; filled++) {
        const index = start + filled
        const gone = index < lookBack ? 0 : (bytes[index - lookBack] ?? 0)
        const mixed = hash ^ (table[gone] ?? 0) ^ (table[bytes[index] ?? 0] ?? 0)
        hash = (mixed << 2) | (mixed >>> 30)
        hashes[filled] = hash
      }
    },
  }
}

/** Where chunks begin, but for the first: at bytes whose rolling hash is the highest around. */
export function rdcCuts(bytes: Uint8Array): number[] {
  const size = bytes.length
  const rolling = rollingHashes(bytes)
  const cuts: number[] = []
  for (let start = 0; size - start > horizon; start = cuts.at(-1) ?? size) {
    rolling.moveTo(start)
    const end = Math.min(start + mostInChunk, size)
    cuts.push(firstCut({ start, end, size }, rolling.hashes))
    if (cuts.at(-1) === size) return cuts.slice(0, -1)
  }
  return cuts
}

interface Reach {
  readonly start: number
  /** As far as a chunk that begins at `start` can reach. */
  readonly end: number
  /** Of the file. */
  readonly size: number
}

/** The first place from `from` up to `to` where at least `least` stands. `to`: there is none. */
function firstAtLeast(values: Uint32Array, least: number, from: number, to: number): number {
  for (let at = from; at < to; at++) if ((values[at] ?? 0) >= least) return at
  return to
}

/**
 * Where the chunk ends that begins at `start`. Towards the end of a file, some of the highest points do not count. What
 * is lower than a point less than a horizon before it is passed over without a look around.
 */
function firstCut({ start, end, size }: Reach, hashes: Uint32Array): number {
  const isLastButOne = size % horizon === 0 && Math.floor(start / horizon) * horizon + 2 * horizon === size
  let place = horizon
  while (start + place < end && start + place + horizon <= size) {
    const hash = hashes[place] ?? 0
    const reach = Math.min(place + horizon, end - start)
    const next = firstAtLeast(hashes, hash, place + 1, reach)
    const at = start + place
    const isHighest = next === reach && firstAtLeast(hashes, hash, place - horizon, place) === place
    if (isHighest && !isLastButOne && Math.floor(at / horizon) * horizon + 2 * horizon <= size) return at
    place = next
  }
  return end
}

/** The chunks of a file that is no archive, cut where its content says, so that what is inserted moves no cuts behind it. */
export function rdcChunks(bytes: Uint8Array): FileChunk[] {
  const starts = [0, ...rdcCuts(bytes)]
  return starts.map((start, index) => {
    const chunk = bytes.subarray(start, starts[index + 1] ?? bytes.length)
    return { bytes: chunk, signature: md4(chunk) }
  })
}
