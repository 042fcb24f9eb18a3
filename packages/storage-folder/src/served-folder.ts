import type { StoredFile } from '@openwopi/host'
import type { Carried } from './carried.ts'
import type { Contents } from './contents.ts'
import type { DataFolder } from './data-folder.ts'
import type { Database } from './database.ts'
import type { Disk } from './disk.ts'
import type { Entries } from './entries.ts'
import type { Ledger } from './ledger.ts'
import type { Leftovers } from './leftovers.ts'
import type { Places } from './places.ts'
import type { Use } from './use.ts'

/** Something that happened outside of a call. */
export interface FolderEvent {
  readonly what: 'changed outside' | 'moved outside' | 'cleaned up' | 'unreadable'
  readonly file?: StoredFile
  /** Where, on disk. */
  readonly path?: string
  readonly cause?: unknown
}

/** A folder that is open: what every part of the storage works on. */
export interface ServedFolder {
  /** Its path, free of links. */
  readonly root: string
  readonly data: DataFolder
  readonly database: Database
  readonly entries: Entries
  readonly ledger: Ledger
  readonly carried: Carried
  readonly leftovers: Leftovers
  readonly places: Places
  readonly use: Use
  readonly disk: Disk
  readonly contents: Contents
  /** Whom files belong to that nobody known has made. */
  readonly ownerId: string
  /** The present version included. */
  readonly keepVersions: number
  /** Milliseconds. */
  readonly squashWithin: number
  readonly now: () => number
  readonly newId: () => string
  readonly observe: (event: FolderEvent) => void
  /** Changes the index, durably. */
  readonly change: <T>(work: () => T) => T
  /** Changes the index, but a power failure may take that back: for what can be found out again. */
  readonly changeLightly: <T>(work: () => T) => T
  /** Makes light changes durable: to be called before what they say is told to anyone. */
  readonly makeDurable: () => void
}

/** The id of the folder itself. */
export const rootId = 'root'
