import {
  type ChunkSignature,
  type RandomAccess,
  type StreamSignature,
  signedChunksOf,
  type ZipLimits,
} from '@openwopi/protocol/transfer'

/** What a stream is made of. */
export type StreamShape = Pick<StreamSignature, 'ChunkingScheme' | 'ChunkSignatures'>

/** Chunks that need not be sent. */
export type KnownChunks = Pick<StreamSignature, 'ChunkSignatures'>

/** A stream at hand, and what it is made of. */
export interface SignedStream extends StreamShape {
  readonly stream: RandomAccess
}

/** Finds out what a stream at hand is made of. Reads it once and keeps nothing of it. */
export async function signStream(stream: RandomAccess, limits?: ZipLimits): Promise<SignedStream> {
  const { scheme, chunks } = await signedChunksOf(stream, limits)
  return { stream, ChunkingScheme: scheme, ChunkSignatures: chunks }
}

/** How many bytes a stream has. */
export const sizeOfStream = ({ ChunkSignatures }: StreamShape): number =>
  ChunkSignatures.reduce((sum, { Length }) => sum + Length, 0)

/** A chunk with every place where it stands in its stream, in bytes. */
export interface PlacedChunk extends ChunkSignature {
  readonly starts: readonly number[]
}

/** The chunks of a stream by their ids, in their order. */
export function placedChunks({ ChunkSignatures }: StreamShape): Map<string, PlacedChunk> {
  const placed = new Map<string, PlacedChunk & { readonly starts: number[] }>()
  let start = 0
  for (const { ChunkId, Length } of ChunkSignatures) {
    const chunk = placed.get(ChunkId) ?? { ChunkId, Length, starts: [] }
    chunk.starts.push(start)
    placed.set(ChunkId, chunk)
    start += Length
  }
  return placed
}

/** The chunks of a stream that are not known, each once. */
export function missingChunks(content: StreamShape, known: readonly (KnownChunks | undefined)[]): PlacedChunk[] {
  const there = new Set(known.flatMap((each) => each?.ChunkSignatures.map(({ ChunkId }) => ChunkId) ?? []))
  return [...placedChunks(content).values()].filter(({ ChunkId, Length }) => Length > 0 && !there.has(ChunkId))
}
