import {
  type ChunkFrame,
  chunkId,
  createSpookyHash,
  type RangeFrame,
  type SpookyHash,
} from '@openwopi/protocol/transfer'
import type { PlacedChunk } from './signed-stream.ts'

/** Takes bytes at whatever place they belong. */
export interface Target {
  /** Puts `bytes` where byte `at` is. They are the source's again once it resolves. */
  write(at: number, bytes: Uint8Array): Promise<void>
}

/** What is missing of a chunk. */
export interface MissingRange {
  readonly ChunkId: string
  /** Bytes of it that are there. */
  readonly Offset: number
}

/** Chunks that are on their way. */
export interface Arrival {
  /** Puts what a frame carries where it belongs. Throws a `SyntaxError` when that is not what was asked for. */
  take(frame: ChunkFrame | RangeFrame): Promise<void>
  /** What is still missing, what has begun to arrive first. */
  missing(): readonly MissingRange[]
}

interface Arriving {
  readonly chunk: PlacedChunk
  /** Of what has arrived. */
  hash?: SpookyHash
  offset: number
}

/** Puts the next bytes of a chunk where they belong. Its hash waits for the first of them, since chunks can be many. */
async function put(arriving: Arriving, bytes: Uint8Array, into: Target): Promise<void> {
  for (const start of arriving.chunk.starts) await into.write(start + arriving.offset, bytes)
  arriving.hash ??= createSpookyHash()
  arriving.hash.update(bytes)
  arriving.offset += bytes.length
}

/** Throws unless all that has arrived is what the id of the chunk says. */
function check({ chunk: { ChunkId }, hash = createSpookyHash() }: Arriving): void {
  if (chunkId(hash.digest()) !== ChunkId) throw new SyntaxError(`chunk ${ChunkId} is not what its id says`)
}

/** Waits for these chunks, and puts each in all its places. */
export function arrivalOf(chunks: readonly PlacedChunk[], into: Target): Arrival {
  const waiting = new Map(chunks.map((chunk): [string, Arriving] => [chunk.ChunkId, { chunk, offset: 0 }]))

  function awaited(frame: ChunkFrame | RangeFrame): Arriving {
    const id = chunkId(frame.hash)
    const found = waiting.get(id)
    if (!found) throw new SyntaxError(`it has chunk ${id}, which it was not asked for`)
    const offset = frame.type === 'range' ? frame.offset : 0
    if (offset !== found.offset || offset + frame.length !== found.chunk.Length) {
      throw new SyntaxError(`chunk ${id} is not as long as its signature says, or not all of it is there`)
    }
    return found
  }

  return {
    async take(frame) {
      const arriving = awaited(frame)
      for await (const bytes of frame.content) await put(arriving, bytes, into)
      check(arriving)
      waiting.delete(arriving.chunk.ChunkId)
    },
    missing: () =>
      [...waiting.values()]
        .sort((one, other) => other.offset - one.offset)
        .map(({ chunk: { ChunkId }, offset: Offset }) => ({ ChunkId, Offset })),
  }
}
