import { type ChunkRange, type ChunkRangeFilter, readGetChunksRequest } from '@openwopi/protocol/transfer'
import type { Implementation } from '../implementation.ts'
import type { KnownChunk } from '../signatures.ts'
import { chunkFrames, type OutgoingPiece } from '../transfer/chunk-frames.ts'
import { cutStream } from '../transfer/cut-stream.ts'
import { asItStands, type FileState } from '../transfer/file-state.ts'
import { badRequest, readMessage } from '../transfer/read-request.ts'
import { type Transferring, transferring } from '../transfer/transferring.ts'

export const getChunks: Implementation<'getChunks'> = (ports) => {
  const transfer = transferring(ports)
  return (
    transfer &&
    (async ({ content: body }, { file }) => {
      const { ContentFilters } = await readMessage(body, readGetChunksRequest)
      for (const { ChunkRangesToReturn } of ContentFilters) checkOverlaps(ChunkRangesToReturn)
      return asItStands(transfer, file, async (state) => {
        const pieces: OutgoingPiece[] = []
        const collection: { readonly StreamId: string; readonly ChunkIds: readonly string[] }[] = []
        for (const filter of ContentFilters) {
          const found = await piecesIn(transfer, state, filter)
          pieces.push(...found)
          collection.push({ StreamId: filter.StreamId, ChunkIds: [...new Set(found.map(({ chunkId }) => chunkId))] })
        }
        const content = await chunkFrames({ ChunkRangeCollection: collection }, pieces)
        return content && { sequenceNumber: state.sequenceNumber, version: state.file.version, content }
      })
    })
  )
}

/** The ranges of the chunks that are still there. */
async function piecesIn(
  transfer: Transferring,
  { streams }: FileState,
  { StreamId, ChunkRangesToReturn }: ChunkRangeFilter,
): Promise<OutgoingPiece[]> {
  const source = streams.get(StreamId)
  if (!source) return []
  const chunks = new Map((await cutStream(transfer, source)).chunks.map((chunk) => [chunk.id, chunk]))
  return ChunkRangesToReturn.flatMap((range) => {
    const chunk = chunks.get(range.ChunkId)
    return chunk ? { chunkId: chunk.id, source, ...within(chunk, range) } : []
  })
}

/** Where a range lies. One that goes on behind the end of its chunk ends there. */
function within({ id, start, length: whole }: KnownChunk, { Offset: offset, Length }: ChunkRange) {
  if (offset > whole) throw badRequest(`chunk ${id} has ${whole} bytes, and is asked for from byte ${offset} on`)
  const length = Length < 0 ? whole - offset : Math.min(Length, whole - offset)
  return { start: start + offset, length, range: { offset, isEnd: offset + length === whole } }
}

/** A few bytes of a request must not ask for the same megabytes again and again. */
function checkOverlaps(ranges: readonly ChunkRange[]): void {
  const ends = new Map<string, number>()
  for (const { ChunkId, Offset, Length } of ranges.toSorted((a, b) => a.Offset - b.Offset)) {
    if (Offset < (ends.get(ChunkId) ?? 0)) throw badRequest(`the ranges of chunk ${ChunkId} overlap`)
    ends.set(ChunkId, Length < 0 ? Number.POSITIVE_INFINITY : Offset + Length)
  }
}
