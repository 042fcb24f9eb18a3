import type { ChunkingScheme } from './chunking.ts'

/** The stream that is the file itself. */
export const mainContent = 'MainContent'

/** Whether a content property outlives a change of the file by another operation than PutChunkedFile. */
export type Retention = 'DeleteOnContentChange' | 'KeepOnContentChange'

/** Something that clients keep with a file, besides its streams. */
export interface ContentProperty {
  /** At most 256 characters. */
  readonly Name: string
  /** At most 1 KiB. */
  readonly Value: string
  readonly Retention: Retention
}

/** What a chunk is known by. */
export interface ChunkSignature {
  /** The base64 of its hash. */
  readonly ChunkId: string
  /** Bytes. */
  readonly Length: number
}

/** What a stream is made of: its chunks in their order. */
export interface StreamSignature {
  readonly StreamId: string
  readonly ChunkingScheme: ChunkingScheme
  readonly ChunkSignatures: readonly ChunkSignature[]
}

/** Which chunks of a stream a client wants: `LastZipChunk` is the directory of an archive, and nothing of another stream. */
export type ChunksToReturn = 'All' | 'None' | 'LastZipChunk'

/** What a client wants of one stream. */
export interface ContentFilter {
  readonly StreamId: string
  readonly ChunkingScheme: ChunkingScheme
  readonly ChunksToReturn: ChunksToReturn
  /** Ids of chunks that need not be sent. */
  readonly AlreadyKnownChunks: readonly string[]
}

/** The message of a request for GetChunkedFile. */
export interface GetChunkedFileRequest {
  readonly ContentPropertiesToReturn: readonly string[]
  /** At least one; one for each stream. */
  readonly ContentFilters: readonly ContentFilter[]
}

/** The message of a response to GetChunkedFile. */
export interface GetChunkedFileResponse {
  readonly ContentProperties: readonly ContentProperty[]
  readonly Signatures: readonly StreamSignature[]
}

/** The message of a request for PutChunkedFile. */
export interface PutChunkedFileRequest {
  readonly ContentProperties: readonly ContentProperty[]
  /** One for each stream that changes. */
  readonly Signatures: readonly StreamSignature[]
  /** The session that brought chunks in advance. */
  readonly UploadSessionTokenToCommit: string | null
}

/** A stretch of a chunk that a client wants. */
export interface ChunkRange {
  readonly ChunkId: string
  /** Bytes. */
  readonly Offset: number
  /** Bytes. -1: up to the end of the chunk. */
  readonly Length: number
}

/** Which stretches of the chunks of one stream a client wants. */
export interface ChunkRangeFilter {
  readonly StreamId: string
  readonly ChunkingScheme: ChunkingScheme
  readonly ChunkRangesToReturn: readonly ChunkRange[]
}

/** The message of a request for GetChunks. */
export interface GetChunksRequest {
  /** At least one; one for each stream. */
  readonly ContentFilters: readonly ChunkRangeFilter[]
}

/** The message of a response to GetChunks. */
export interface GetChunksResponse {
  /** The chunks that are there, of those that were asked for. */
  readonly ChunkRangeCollection: readonly { readonly StreamId: string; readonly ChunkIds: readonly string[] }[]
}
