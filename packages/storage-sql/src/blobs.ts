import type { Content } from '@openwopi/host'

/** A content that has been put. */
export interface StoredBlob {
  /** Given by the store: no other blob ever has it. Printable ASCII without spaces, at most 200 characters. */
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** Base64 of the SHA-256 of the bytes as they went by. */
  readonly sha256: string
}

/** A blob as the store lists it. */
export interface ListedBlob {
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** When it was put, by the store's clock, in milliseconds since the epoch. */
  readonly putAt: number
}

/** What may be known of a content before it flows. */
export interface PutOptions {
  /** Bytes: put fails if there are more or fewer. Absent: it is not known. */
  readonly size?: number
}

/**
 * Where contents lie: each whole, never changed, under a key of its own. Nothing is overwritten, so a store need know no
 * conditional writes. Absent is `undefined`; anything else that goes wrong throws.
 */
export interface Blobs {
  /**
   * Once all of `content` has arrived and is safe there, it lies under a fresh key. Nothing that a list shows is left if it
   * breaks off. Chunks are not copied: whoever hands one over leaves it as it is.
   */
  put(content: Content, options?: PutOptions): Promise<StoredBlob>
  /** The bytes from `start` up to and without `end`; default all. Reading fails if they are not all there. */
  get(key: string, range?: { readonly start: number; readonly end: number }): Promise<Content | undefined>
  /** Takes a blob away; one that is gone already stays gone. */
  remove(key: string): Promise<void>
  /** All blobs in the order of their keys' characters, from the first key beyond `after` on. */
  list(after?: string): AsyncIterable<ListedBlob>
  /** Removes what puts that broke off more than `age` milliseconds ago have left, and no list shows. Absent: nothing is left. */
  tidy?(age: number): Promise<void>
}
