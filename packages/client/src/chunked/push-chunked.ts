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
import { type KnownChunks, missingChunks, type PlacedChunk, type SignedStream } from './signed-stream.ts'
import type { Upload } from './upload-chunks.ts'

/** What a file is to be, and what the host has of that. */
export interface PushOptions {
  readonly content: SignedStream
  /** What the host has, at `sequenceNumber`. Chunks that are in it are not sent. */
  readonly known?: KnownChunks
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
  /** What `uploadChunks` has sent in advance. Its session ends with the save. */
  readonly upload?: Pick<Upload, 'token' | 'ChunkSignatures'>
  readonly call?: Call
}

/** The state of a file after a save. */
export interface Pushed {
  readonly sequenceNumber: number
  readonly version: string
}

function messageOf({ content, streamId, properties, upload }: PushOptions): PutChunkedFileRequest {
  const { ChunkingScheme, ChunkSignatures } = content
  return {
    ContentProperties: properties ?? [],
    Signatures: [{ StreamId: streamId ?? mainContent, ChunkingScheme, ChunkSignatures }],
    UploadSessionTokenToCommit: upload?.token ?? null,
  }
}

/**
 * Saves a content, of which only the chunks that the host lacks are sent. Memory stays the same however long they are.
 * Rejects with the `WopiError` the host meant: with `SequenceMismatch` when the file is no longer as the save started.
 */
export function pushChunked(file: Pick<FileClient, 'putChunkedFile'>, options: PushOptions): Promise<Pushed> {
  const { content, known, upload, sequenceNumber, lock, coauthLockId, editors, call } = options
  const frames = [
    { type: 'message', json: messageOf(options) } as const,
    ...missingChunks(content, [known, upload]).map((chunk) => frameOf(content, chunk)),
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
