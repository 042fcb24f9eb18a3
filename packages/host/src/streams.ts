import type { ContentProperty } from '@openwopi/protocol/transfer'
import type { Content, StoredFile } from './ports.ts'

/** A stream that a file carries beside its content. */
export interface AlternateStream {
  readonly id: string
  /** Bytes. */
  readonly size: number
  /** Changes whenever the stream's content changes; no other content of the file has the same. */
  readonly version: string
}

/** What a file carries besides its content. */
export interface Carried {
  readonly streams: readonly AlternateStream[]
  readonly properties: readonly ContentProperty[]
}

/** A change of what a file carries. What it does not name stays. */
export interface CarriedChange {
  /** Properties that are set, each under its name. */
  readonly properties: readonly ContentProperty[]
  /** Streams that are replaced or, where there is no content, taken away. */
  readonly streams: readonly { readonly id: string; readonly content?: Content }[]
}

/** How long a stream or a property is carried after it was last set, in milliseconds: 30 days. */
export const carriedFor = 30 * 24 * 60 * 60_000

/**
 * What files carry besides their contents. It is changed together with the content, by `Storage.write`. A change of the
 * content that does not speak of it takes away the streams, and the properties that are not kept on such a change. Each
 * stream and each property ends 30 days after it was last set.
 */
export interface Streams {
  /** `undefined`: the file is no longer at `file.version`. */
  of(file: StoredFile): Promise<Carried | undefined>
  /** A stream from byte `start` up to and without byte `end`. `undefined`: it is no longer at `stream.version`. */
  read(
    file: StoredFile,
    stream: AlternateStream,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Content | undefined>
}
