import { WopiError } from '@openwopi/protocol'
import {
  type ContentProperty,
  type Frame,
  type GetChunkedFileRequest,
  type GetChunksRequest,
  mainContent,
  readFrames,
  readGetChunkedFileResponse,
  writeFrames,
} from '@openwopi/protocol/transfer'
import type { Call, FileClient } from '../client.ts'
import { bytesOf } from '../content.ts'
import { BadAnswer, WopiUnreachable } from '../failures.ts'
import { type Arrival, arrivalOf, type Target } from './arrival.ts'
import { contentOf } from './chunk-frame.ts'
import {
  missingChunks,
  type PlacedChunk,
  placedChunks,
  type SignedStream,
  type StreamShape,
  sizeOfStream,
} from './signed-stream.ts'

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
  /**
   * Told when the connection breaks while chunks arrive. Once it resolves, what is missing is asked for; if it rejects,
   * so does the pull. Absent: the pull rejects at once. It takes a host that promises `SupportsResumableFileTransfer`.
   */
  readonly onBreak?: (cause: WopiUnreachable) => Promise<void>
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

type Frames = AsyncGenerator<Frame, void, undefined>
type Pulling = Pick<FileClient, 'getChunkedFile' | 'getChunks'>

const bodyOf = (json: GetChunkedFileRequest | GetChunksRequest) =>
  bytesOf(writeFrames([{ type: 'message', json }, { type: 'end' }]))

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

async function readAnswer(frames: Frames, streamId: string) {
  const { value } = await frames.next()
  const { ContentProperties, Signatures } = readGetChunkedFileResponse(
    value?.type === 'message' ? value.json : undefined,
  )
  const shape = Signatures.find(({ StreamId }) => StreamId === streamId)
  if (!shape) throw new SyntaxError(`it has no signature of ${streamId}`)
  return { properties: ContentProperties, shape }
}

/** Takes in all that is sent, up to the end of the answer. */
async function takeIn(frames: Frames, arrival: Arrival): Promise<void> {
  for await (const frame of frames) {
    if (frame.type === 'end') return
    if (frame.type !== 'message') await arrival.take(frame)
  }
}

/** Asks for what is missing of the chunks. */
async function takeRest(file: Pulling, arrival: Arrival, { ChunkingScheme }: StreamShape, options: PullOptions) {
  const { streamId: StreamId = mainContent, call } = options
  const ranges = arrival.missing().map((missing) => ({ ...missing, Length: -1 }))
  const request = { ContentFilters: [{ StreamId, ChunkingScheme, ChunkRangesToReturn: ranges }] }
  const { content, sequenceNumber } = await file.getChunks({ content: await bodyOf(request) }, call)
  await takeIn(readFrames(content), arrival)
  const [gone] = arrival.missing()
  if (gone) throw new WopiError('SequenceMismatch', { sequenceNumber, reason: `chunk ${gone.ChunkId} is gone` })
}

/** Does `work`, and `again` after each break, for as long as `onBreak` wants to go on. */
async function through(work: () => Promise<void>, again: () => Promise<void>, onBreak: PullOptions['onBreak']) {
  for (let attempt = work; ; attempt = again) {
    try {
      return await attempt()
    } catch (cause) {
      if (!onBreak || !(cause instanceof WopiUnreachable)) throw cause
      await onBreak(cause)
    }
  }
}

async function copy(known: SignedStream, chunks: readonly PlacedChunk[], into: Target): Promise<void> {
  const atHand = placedChunks(known)
  for (const { ChunkId, starts } of chunks) {
    const own = atHand.get(ChunkId)
    let offset = 0
    for await (const bytes of own ? contentOf(known.stream, own) : []) {
      for (const start of starts) await into.write(start + offset, bytes)
      offset += bytes.length
    }
  }
}

/**
 * Puts a file together out of what is at hand and what is not, of which only the latter is sent. Memory stays the same
 * however long the file is. Rejects with the `WopiError` the host meant, or with a `BadAnswer` to one that is not whole;
 * with `SequenceMismatch` when the connection broke and what was missing is gone since: then a new pull is due.
 */
export async function pullChunked(file: Pulling, options: PullOptions): Promise<Pulled> {
  const { streamId = mainContent, maxSize = Number.MAX_SAFE_INTEGER, known, into, onBreak, call } = options
  const request = await bodyOf(requestOf(options))
  const { content, sequenceNumber, version } = await file.getChunkedFile({ content: request }, call)
  const frames = readFrames(content)
  try {
    const { shape, properties } = await readAnswer(frames, streamId)
    const size = sizeOfStream(shape)
    if (size > maxSize) throw new BadAnswer(`the file has ${size} bytes; at most ${maxSize} are wanted`)
    const arrival = arrivalOf(missingChunks(shape, [known]), into)
    const sent = async () => {
      await takeIn(frames, arrival)
      const [missing] = arrival.missing()
      if (missing) throw new SyntaxError(`it is without chunk ${missing.ChunkId}`)
    }
    await through(sent, () => takeRest(file, arrival, shape, options), onBreak)
    if (known) await copy(known, missingChunks(shape, []), into)
    const { ChunkingScheme, ChunkSignatures } = shape
    return { size, sequenceNumber, version, properties, ChunkingScheme, ChunkSignatures }
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new BadAnswer(`what the host sends in chunks cannot be read: ${cause.message}`, { cause })
  } finally {
    await frames.return(undefined)
  }
}
