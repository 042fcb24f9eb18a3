import type { ChunkingScheme } from '@openwopi/protocol/transfer'

/** Which content: of a file at a version, or of a stream that it carries. */
export interface ContentKey {
  readonly fileId: string
  readonly version: string
}

/** A stretch of a content that is known by its hash. */
export interface KnownChunk {
  /** The base64 of its hash. */
  readonly id: string
  /** In bytes, both. */
  readonly start: number
  readonly length: number
}

/** What is known of a content. */
export interface KnownContent {
  /** How it is cut. Absent: nobody has asked yet. */
  readonly signature?: { readonly scheme: ChunkingScheme; readonly chunks: readonly KnownChunk[] }
  /** Stretches that were sent as chunks, however the content is cut. */
  readonly sent?: readonly KnownChunk[]
}

/** Remembers the hashes of contents, so that none is read again to be hashed. It may forget. */
export interface Signatures {
  find(content: ContentKey): Promise<KnownContent | undefined>
  keep(content: ContentKey, known: KnownContent): Promise<void>
}
