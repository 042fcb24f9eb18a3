import type { Bucket } from './bucket.ts'

/** What puts to one bucket have in common. */
export interface Putting {
  readonly bucket: Bucket
  readonly partSize: number
  /** Parts that are under way, of all puts. */
  inFlight: number
  /** Whether the store's entity tags have been found to be no MD5, as those of some stores are. */
  tagsAreOpaque: boolean
}

/** An upload that the store has taken. */
export interface Uploaded {
  /** Whether its answers show that it has all bytes as they were sent. */
  readonly isProven: boolean
}

/** Whether an entity tag is the MD5 of what was sent. */
export const isTagOf = (tag: string | undefined, md5: Buffer): boolean =>
  tag?.replaceAll('"', '').toLowerCase() === md5.toString('hex')
