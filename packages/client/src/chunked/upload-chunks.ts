import { type Content, WopiError } from '@openwopi/protocol'
import { chunkHeader } from '@openwopi/protocol/transfer'
import type { Call, FileClient } from '../client.ts'
import type { Sendable } from '../content.ts'
import { BadAnswer } from '../failures.ts'
import { hashOf } from './chunk-frame.ts'
import { type KnownChunks, missingChunks, type PlacedChunk, type SignedStream } from './signed-stream.ts'

/** An upload that a host keeps, for 30 minutes after it last grew. */
export interface UploadSession {
  readonly token: string
  /** How many bytes have arrived, chunks with what stands before them. */
  readonly sent: number
  /** How many bytes there are in all. */
  readonly total: number
}

/** An upload of which all has arrived, and the chunks that are in it. */
export interface Upload extends UploadSession, KnownChunks {}

/** What is uploaded, and how. */
export interface UploadOptions {
  readonly content: SignedStream
  /** What the host has. Chunks that are in it are not sent. The same at every attempt. */
  readonly known?: KnownChunks
  /** Bytes that one request sends, and a break loses at most; the same at every attempt. 8 MiB unless said otherwise. */
  readonly pieceSize?: number
  /** Goes on with an upload of the same content that broke off, as `onProgress` last told of it. */
  readonly session?: UploadSession
  /** Told whenever more has arrived. */
  readonly onProgress?: (session: UploadSession) => void
  readonly call?: Call
}

type Uploading = Pick<FileClient, 'createUploadSession' | 'updateUploadSession'>

interface Piece {
  readonly length: number
  readonly content: Sendable
  readonly call: Call | undefined
}

const headerSize = 32
const sizeOf = ({ Length }: PlacedChunk) => headerSize + Length

interface Range {
  readonly start: number
  readonly end: number
}

/** A range of a chunk as it is sent, with what stands before it. */
async function* partOf({ stream }: SignedStream, chunk: PlacedChunk, { start, end }: Range): Content {
  const header = chunkHeader({ hash: hashOf(chunk), length: chunk.Length })
  if (start < headerSize) yield header.subarray(start, end)
  const at = (chunk.starts[0] ?? 0) - headerSize
  if (end > headerSize) yield* stream.read(at + Math.max(headerSize, start), at + end)
}

/** A range of these chunks as they are sent, one after the other. */
async function* bytesOf(content: SignedStream, chunks: readonly PlacedChunk[], { start, end }: Range): Content {
  let at = 0
  for (const chunk of chunks) {
    const part = { start: Math.max(0, start - at), end: Math.min(sizeOf(chunk), end - at) }
    if (part.start < part.end) yield* partOf(content, chunk, part)
    at += sizeOf(chunk)
  }
}

/** Adds bytes to an upload. What was lost on the way is told from what was not by how much the host says it has. */
async function add(file: Uploading, { token, sent, total }: UploadSession, piece: Piece): Promise<UploadSession> {
  const { length, content, call } = piece
  const { offset } = await file.updateUploadSession({ session: token, offset: sent, length, content }, call)
  if (offset === sent + length) return { token, sent: offset, total }
  throw new BadAnswer(
    `the host says that ${offset} bytes of the upload have arrived, of ${sent + length} that were sent`,
  )
}

/** Finds out how much of an upload has arrived. The answer to what was sent last may have been lost, or that itself. */
async function whereItStands(
  file: Uploading,
  session: UploadSession,
  { pieceSize, call }: { readonly pieceSize: number; readonly call: Call | undefined },
): Promise<UploadSession> {
  const nothing = { length: 0, content: new Uint8Array(), call }
  try {
    return await add(file, session, nothing)
  } catch (cause) {
    if (!WopiError.is(cause, 'InvalidRequest')) throw cause
    return add(file, { ...session, sent: Math.min(session.total, session.sent + pieceSize) }, nothing)
  }
}

async function begin(file: Uploading, total: number, call: Call | undefined): Promise<UploadSession> {
  const { session } = await file.createUploadSession({}, call)
  return { token: session.UploadSessionToken, sent: 0, total }
}

/**
 * Sends the chunks that a host lacks in advance of `pushChunked`, in several requests. When the connection breaks, what
 * has arrived stays there, and another call goes on from it. Rejects with the `WopiError` the host meant: with
 * `UploadSessionGone` when nothing is there to go on from.
 */
export async function uploadChunks(file: Uploading, options: UploadOptions): Promise<Upload> {
  const { content, known, pieceSize = 8 * 2 ** 20, session: before, onProgress, call } = options
  const chunks = missingChunks(content, [known])
  const total = chunks.reduce((sum, chunk) => sum + sizeOf(chunk), 0)
  let session = before ? await whereItStands(file, before, { pieceSize, call }) : await begin(file, total, call)
  onProgress?.(session)
  while (session.sent < total) {
    const start = session.sent
    const length = Math.min(pieceSize, total - start)
    const piece = Object.assign(bytesOf(content, chunks, { start, end: start + length }), { size: length })
    session = await add(file, session, { length, content: piece, call })
    onProgress?.(session)
  }
  return { ...session, ChunkSignatures: chunks.map(({ ChunkId, Length }) => ({ ChunkId, Length })) }
}
