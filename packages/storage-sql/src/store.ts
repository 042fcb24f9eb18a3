import type { Kysely, Transaction } from 'kysely'
import type { Blobs } from './blobs.ts'
import type { Ask } from './compile-once.ts'
import type { Engine } from './engine.ts'
import type { Tables } from './tables.ts'

/** A query may run by itself or in a transaction. */
export type Db = Kysely<Tables>

/** A transaction that is open. */
export type Trx = Transaction<Tables>

/** Something that happened outside of a call. */
export interface SqlEvent {
  readonly what: 'blob not removed' | 'too many blobs unknown' | 'connection lost' | 'clock not read'
  /** The key of the blob. */
  readonly key?: string
  readonly count?: number
  readonly cause?: unknown
}

/** What all ports work with. */
export interface Store {
  readonly db: Db
  /** See `Connected`. */
  readonly ask: Ask
  readonly engine: Engine
  readonly blobs: Blobs
  /** The database's clock, in milliseconds since the epoch: nodes whose clocks differ agree on it. */
  readonly now: () => number
  readonly newId: () => string
  readonly ownerId: string
  readonly rootName: string
  readonly keepVersions: number
  readonly squashWithin: number
  readonly observe: (event: SqlEvent) => void
}
