import type { Content } from '@openwopi/protocol'
import { hashOfChunkId, type RandomAccess, verified } from '@openwopi/protocol/transfer'
import type { PlacedChunk } from './signed-stream.ts'

/** The hash in the id of a chunk. */
export function hashOf({ ChunkId }: Pick<PlacedChunk, 'ChunkId'>): Uint8Array {
  const hash = hashOfChunkId(ChunkId)
  if (!hash) throw new RangeError(`${ChunkId} is not the id of a chunk`)
  return hash
}

/** A chunk at hand, which must still be what its id says. */
export async function* contentOf(stream: RandomAccess, chunk: PlacedChunk): Content {
  const [start = 0] = chunk.starts
  try {
    yield* verified({ hash: hashOf(chunk), content: stream.read(start, start + chunk.Length) })
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new Error('the content has changed since it was signed', { cause })
  }
}
