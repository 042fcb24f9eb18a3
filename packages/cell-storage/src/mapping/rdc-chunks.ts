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
        const mixed = hash ^ (rollingTable[gone] ?? 0) ^ (rollingTable[bytes[index] ?? 0] ?? 0)
        hash = (mixed << 2) | (mixed >>> 30)
        hashes[filled] = hash
      }
    },
  }
}

/** For each place the nearest ones before and behind it where as much or more stands. */
function neighbours() {
  const before = new Int32Array(mostInChunk)
  const behind = new Int32Array(mostInChunk)
  const open = new Int32Array(mostInChunk)
  return {
    before,
    behind,
    find(values: Uint32Array, count: number): void {
      let depth = 0
      for (let at = 0; at < count; at++) {
        const value = values[at] ?? 0
        while (depth > 0 && (values[open[depth - 1] ?? 0] ?? 0) < value) behind[open[--depth] ?? 0] = at
        const top = depth > 0 ? (open[depth - 1] ?? 0) : -1
        before[at] = top
        if (top >= 0 && values[top] === value) behind[open[--depth] ?? 0] = at
        open[depth++] = at
      }
      while (depth > 0) behind[open[--depth] ?? 0] = count
    },
  }
}

/** Where chunks begin, but for the first: at bytes whose rolling hash is the highest around. */
export function rdcCuts(bytes: Uint8Array): number[] {
  const size = bytes.length
  const rolling = rollingHashes(bytes)
  const near = neighbours()
  const cuts: number[] = []
  for (let start = 0; size - start > horizon; start = cuts.at(-1) ?? size) {
    rolling.moveTo(start)
    const end = Math.min(start + mostInChunk, size)
    near.find(rolling.hashes, end - start)
    cuts.push(firstCut({ start, end, size }, near.before, near.behind))
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

/** Where the chunk ends that begins at `start`. Towards the end of a file, some of the highest points do not count. */
function firstCut({ start, end, size }: Reach, before: Int32Array, behind: Int32Array): number {
  const isLastButOne = size % horizon === 0 && Math.floor(start / horizon) * horizon + 2 * horizon === size
  for (let at = start + horizon; at < end && at + horizon <= size; at++) {
    const place = at - start
    const isHighest =
      (before[place] ?? 0) < place - horizon && (behind[place] ?? 0) >= Math.min(place + horizon, end - start)
    if (isHighest && !isLastButOne && Math.floor(at / horizon) * horizon + 2 * horizon <= size) return at
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
