import {
  type ChunkFrame,
  type ContentProperty,
  chunkId,
  type Frame,
  type GetChunkedFileRequest,
  mainContent,
  readFrames,
  readGetChunkedFileResponse,
  verified,
  writeFrames,
} from '@openwopi/protocol/transfer'
import type { Call, FileClient } from '../client.ts'
import { bytesOf } from '../content.ts'
import { BadAnswer } from '../failures.ts'
import { contentOf } from './chunk-frame.ts'
import { type PlacedChunk, placedChunks, type SignedStream, type StreamShape, sizeOfStream } from './signed-stream.ts'

/** Takes bytes at whatever place they belong. */
export interface Target {
  /** Puts `bytes` where byte `at` is. They are the source's again once it resolves. */
  write(at: number, bytes: Uint8Array): Promise<void>
}

/** What is wanted of a file, and where it goes. */
export interface PullOptions {
  /**
   * Where the content is put together, in any order. Until all of it is there, it is not a document: it may still fail,
   * and what is there then is worth nothing.
   */
  readonly into: Target
  /** What is at hand, such as the file as it was before. Its chunks are copied rather than sent. */
  readonly known?: SignedStream
  /** The file itself unless said otherwise. */
  readonly streamId?: string
  /** Names of content properties. */
  readonly properties?: readonly string[]
  /** Bytes. A longer content is refused before any of it is written. */
  readonly maxSize?: number
  readonly call?: Call
}

/** What a file was when its content was put together. */
export interface Pulled extends StreamShape {
  /** Bytes. */
  readonly size: number
  /** The state of the file, for `pushChunked` to start from. */
  readonly sequenceNumber: number
  readonly version: string
  /** Those that were asked for and that the file has. */
  readonly properties: readonly ContentProperty[]
}

/** What a frame stands in: the rest of the answer, what it is made of, and where it goes. */
interface Pull {
  readonly frames: AsyncGenerator<Frame, void, undefined>
  readonly shape: StreamShape
  readonly into: Target
}

function requestOf({ known, streamId = mainContent, properties = [] }: PullOptions): GetChunkedFileRequest {
  const ids = known?.ChunkSignatures.map(({ ChunkId }) => ChunkId)
  const filter = {
    StreamId: streamId,
    ChunkingScheme: 'Zip',
    ChunksToReturn: 'All',
    AlreadyKnownChunks: [...new Set(ids)],
  } as const
  return { ContentPropertiesToReturn: properties, ContentFilters: [filter] }
}

async function readAnswer(frames: Pull['frames'], streamId: string) {
  const { value } = await frames.next()
  const { ContentProperties, Signatures } = readGetChunkedFileResponse(
    value?.type === 'message' ? value.json : undefined,
  )
  const shape = Signatures.find(({ StreamId }) => StreamId === streamId)
  if (!shape) throw new SyntaxError(`it has no signature of ${streamId}`)
  return { properties: ContentProperties, shape }
}

/** Writes a chunk to all its places. */
async function place({ starts }: PlacedChunk, content: AsyncIterable<Uint8Array>, into: Target): Promise<void> {
  let offset = 0
  for await (const bytes of content) {
    for (const start of starts) await into.write(start + offset, bytes)
    offset += bytes.length
  }
}

function wantedChunk(frame: ChunkFrame, wanted: ReadonlyMap<string, PlacedChunk>): PlacedChunk {
  const id = chunkId(frame.hash)
  const chunk = wanted.get(id)
  if (!chunk) throw new SyntaxError(`it has chunk ${id}, which it was not asked for`)
  if (chunk.Length !== frame.length) throw new SyntaxError(`chunk ${id} is not as long as its signature says`)
  return chunk
}

/** Takes in the chunks that are sent, up to the end of the answer. All of `wanted` must be among them. */
async function takeIn({ frames, into }: Pull, wanted: Map<string, PlacedChunk>): Promise<void> {
  for await (const frame of frames) {
    if (frame.type === 'end') break
    if (frame.type !== 'chunk') throw new SyntaxError(`it has a frame of type ${frame.type}`)
    const chunk = wantedChunk(frame, wanted)
    await place(chunk, verified(frame), into)
    wanted.delete(chunk.ChunkId)
  }
  const [missing] = wanted.keys()
  if (missing !== undefined) throw new SyntaxError(`it is without chunk ${missing}`)
}

async function putTogether(pull: Pull, known: SignedStream | undefined): Promise<void> {
  const atHand = known ? placedChunks(known) : new Map<string, PlacedChunk>()
  const chunks = [...placedChunks(pull.shape).values()].filter(({ Length }) => Length > 0)
  const wanted = chunks.filter(({ ChunkId }) => !atHand.has(ChunkId))
  await takeIn(pull, new Map(wanted.map((chunk) => [chunk.ChunkId, chunk])))
  for (const chunk of chunks) {
    const own = atHand.get(chunk.ChunkId)
    if (known && own) await place(chunk, contentOf(known.stream, own), pull.into)
  }
}

/**
 * Puts a file together out of what is at hand and what is not, of which only the latter is sent. Memory stays the same
 * however long the file is. Rejects with the `WopiError` the host meant, or with a `BadAnswer` to one that is not whole.
 */
export async function pullChunked(file: Pick<FileClient, 'getChunkedFile'>, options: PullOptions): Promise<Pulled> {
  const { streamId = mainContent, maxSize = Number.MAX_SAFE_INTEGER, known, into, call } = options
  const request = writeFrames([{ type: 'message', json: requestOf(options) }, { type: 'end' }])
  const { content, sequenceNumber, version } = await file.getChunkedFile({ content: await bytesOf(request) }, call)
  const frames = readFrames(content)
  try {
    const { shape, properties } = await readAnswer(frames, streamId)
    const size = sizeOfStream(shape)
    if (size > maxSize) throw new BadAnswer(`the file has ${size} bytes; at most ${maxSize} are wanted`)
    await putTogether({ frames, shape, into }, known)
    const { ChunkingScheme, ChunkSignatures } = shape
    return { size, sequenceNumber, version, properties, ChunkingScheme, ChunkSignatures }
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new BadAnswer(`the host's answer to GET_CHUNKED_FILE cannot be read: ${cause.message}`, { cause })
  } finally {
    await frames.return(undefined)
  }
}
