import type { RandomAccess } from './random-access.ts'
import { listZip, type ZipLimits, zipCuts } from './zip-cuts.ts'

/** How a stream is cut: an archive at its entries, or not at all. */
export type ChunkingScheme = 'Zip' | 'FullFile'

/** A stretch of a stream, in bytes. */
export interface Chunk {
  readonly start: number
  readonly length: number
}

/** How a stream is cut. The chunks, one behind the other, are the stream; none is empty. */
export interface Chunking {
  readonly scheme: ChunkingScheme
  readonly chunks: readonly Chunk[]
}

/** The chunks between `cuts`, which rise. What lies before the first cut belongs to the first chunk. */
function chunksBetween(cuts: readonly number[], size: number): Chunk[] {
  const ends = [...cuts.slice(1), size]
  return ends
    .map((end, index) => ({ start: index === 0 ? 0 : (cuts[index] ?? 0), end }))
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => ({ start, length: end - start }))
}

/**
 * Cuts a stream by what is in it: an archive at its entries, anything else not at all. An archive that is malformed or
 * beyond the limits is not cut either.
 */
export async function chunksOf(stream: RandomAccess, limits?: ZipLimits): Promise<Chunking> {
  const listing = await listZip(stream, limits)
  const cuts = listing && (await zipCuts(stream, listing))
  if (cuts) return { scheme: 'Zip', chunks: chunksBetween(cuts, stream.size) }
  return { scheme: 'FullFile', chunks: stream.size === 0 ? [] : [{ start: 0, length: stream.size }] }
}
