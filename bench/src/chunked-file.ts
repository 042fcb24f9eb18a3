import {
  type ChunkSignature,
  chunksOf,
  type Frame,
  hashOfChunkId,
  inMemory,
  mainContent,
  signatureOf,
  writeFrames,
} from '@openwopi/protocol/transfer'
import type { Answered } from './exchange.ts'

/** A file with its bytes, and the chunks that it is made of. */
export interface ChunkedFile {
  readonly bytes: Buffer
  readonly chunks: readonly ChunkSignature[]
}

/** Takes a file apart. */
export async function chunkedFile(bytes: Buffer): Promise<ChunkedFile> {
  const stream = inMemory(bytes)
  const { scheme, chunks } = await chunksOf(stream)
  if (scheme !== 'Zip') throw new Error('the presentation is no archive')
  return { bytes, chunks: await signatureOf(stream, chunks) }
}

async function bodyOf(message: object, chunks: readonly Frame[] = []): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  const frames: Frame[] = [{ type: 'message', json: message }, ...chunks, { type: 'end' }]
  for await (const piece of writeFrames(frames)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** What GetChunkedFile is asked by someone who has `known`. */
export const getBody = (known: ChunkedFile): Promise<Buffer> =>
  bodyOf({
    ContentPropertiesToReturn: [],
    ContentFilters: [
      {
        StreamId: mainContent,
        ChunkingScheme: 'Zip',
        ChunksToReturn: 'All',
        AlreadyKnownChunks: known.chunks.map(({ ChunkId }) => ChunkId),
      },
    ],
  })

/** The chunks of `next` that are not in `known`. */
function newChunks(next: ChunkedFile, known: ChunkedFile): Frame[] {
  const there = new Set(known.chunks.map(({ ChunkId }) => ChunkId))
  let at = 0
  return next.chunks.flatMap(({ ChunkId, Length }): Frame[] => {
    const content = inMemory(next.bytes).read(at, at + Length)
    at += Length
    const hash = hashOfChunkId(ChunkId)
    return !hash || there.has(ChunkId) ? [] : [{ type: 'chunk', hash, length: Length, content }]
  })
}

/** What PutChunkedFile is sent by someone who makes `next` out of `known`. */
export const putBody = (next: ChunkedFile, known: ChunkedFile): Promise<Buffer> =>
  bodyOf(
    {
      ContentProperties: [],
      Signatures: [{ StreamId: mainContent, ChunkingScheme: 'Zip', ChunkSignatures: next.chunks }],
      UploadSessionTokenToCommit: null,
    },
    newChunks(next, known),
  )

/** The state of the file that an answer tells. */
export function sequenceIn({ head }: Answered): string {
  const found = /^x-wopi-sequencenumber: (\d+)/im.exec(head)?.[1]
  if (found === undefined) throw new Error('the answer has no sequence number')
  return found
}
