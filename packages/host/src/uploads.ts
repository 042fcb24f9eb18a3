import type { Content } from './ports.ts'

/** Bytes that have been put aside. */
export interface Aside {
  /** Bytes. */
  readonly size: number
  /** The bytes from `start` up to and without `end`. Neither lies beyond `size`. */
  read(start: number, end: number): Content
}

/** Whose upload it is, and for which file. */
export interface UploadOwner {
  readonly fileId: string
  readonly userId: string
}

/** What has arrived of an upload that is made in several requests. */
export interface Upload extends Aside, UploadOwner {
  /** Not to be guessed. Printable ASCII. */
  readonly token: string
}

/** How long an upload waits for more, in milliseconds: 30 minutes. */
export const uploadLifetime = 30 * 60_000

/** Why nothing was added: there is no such upload, it has another size, or there is no room. */
export type NotAdded = 'gone' | 'elsewhere' | 'full'

/**
 * Where uploads wait until they are committed. They outlive a restart. One to which nothing has been added for 30 minutes
 * is gone.
 */
export interface Uploads {
  /** Begins one. `undefined`: the user has as many as there may be. */
  begin(owner: UploadOwner): Promise<Upload | undefined>
  /** `undefined`: there is none, or none any more. */
  find(token: string): Promise<Upload | undefined>
  /**
   * Adds `content` to an upload that has `offset` bytes: all of it, durably, or, if it breaks off, nothing. Nor is
   * anything added if `offset` is another one.
   */
  add(token: string, offset: number, content: Content): Promise<Upload | NotAdded>
  /** Forgets an upload; one that is gone already stays gone. */
  end(token: string): Promise<void>
  /** Puts content aside for the time of one call. It does not outlive a restart. */
  putAside(content: Content): Promise<Aside & { discard(): Promise<void> }>
}
