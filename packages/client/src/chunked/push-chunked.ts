import {
  type ContentProperty,
  type Frame,
  mainContent,
  type PutChunkedFileRequest,
  sizeOfFrames,
  writeFrames,
} from '@openwopi/protocol/transfer'
import type { Call, FileClient } from '../client.ts'
import { contentOf, hashOf } from './chunk-frame.ts'
import { type PlacedChunk, placedChunks, type SignedStream, type StreamShape } from './signed-stream.ts'

/** What a file is to be, and what the host has of that. */
export interface PushOptions {
  readonly content: SignedStream
  /** What the host has, at `sequenceNumber`. Chunks that are in it are not sent. */
  readonly known?: StreamShape
  /** The state of the file that the save starts from, as the host last said it. */
  readonly sequenceNumber: number
  readonly lock?: string
  readonly coauthLockId?: string
  /** Ids of everyone whose edits are in it. */
  readonly editors?: readonly string[]
  /** The file itself unless said otherwise. */
  readonly streamId?: string
  /** Content properties that are set in the same step. */
  readonly properties?: readonly ContentProperty[]
  /** The session that all chunks went through, which `uploadChunks` gives. It ends with the save. */
  readonly uploadSession?: string
  readonly call?: Call
}

/** The state of a file after a save. */
export interface Pushed {
  readonly sequenceNumber: number
  readonly version: string
}

/** The chunks of a content that a host lacks, each once. */
export function missingChunks(content: StreamShape, known?: StreamShape): PlacedChunk[] {
  const there = new Set(known?.ChunkSignatures.map(({ ChunkId }) => ChunkId))
  return [...placedChunks(content).values()].filter(({ ChunkId, Length }) => Length > 0 && !there.has(ChunkId))
}

function messageOf({ content, streamId, properties, uploadSession }: PushOptions): PutChunkedFileRequest {
  const { ChunkingScheme, ChunkSignatures } = content
  return {
    ContentProperties: properties ?? [],
    Signatures: [{ StreamId: streamId ?? mainContent, ChunkingScheme, ChunkSignatures }],
    UploadSessionTokenToCommit: uploadSession ?? null,
  }
}

/**
 * Saves a content, of which only the chunks that the host lacks are sent. Memory stays the same however long they are.
 * Rejects with the `WopiError` the host meant: with `SequenceMismatch` when the file is no longer as the save started.
 */
export function pushChunked(file: Pick<FileClient, 'putChunkedFile'>, options: PushOptions): Promise<Pushed> {
  const { content, known, uploadSession, sequenceNumber, lock, coauthLockId, editors, call } = options
  const frames = [
    { type: 'message', json: messageOf(options) } as const,
    ...(uploadSession === undefined ? missingChunks(content, known) : []).map((chunk) => frameOf(content, chunk)),
    { type: 'end' } as const,
  ]
  const body = Object.assign(writeFrames(frames), { size: sizeOfFrames(frames) })
  return file.putChunkedFile(
    {
      sequenceNumber,
      content: body,
      ...(lock !== undefined && { lock }),
      ...(coauthLockId !== undefined && { coauthLockId }),
      ...(editors && { editors }),
    },
    call,
  )
}

const frameOf = ({ stream }: SignedStream, chunk: PlacedChunk): Frame => ({
  type: 'chunk',
  hash: hashOf(chunk),
  length: chunk.Length,
  content: contentOf(stream, chunk),
})
