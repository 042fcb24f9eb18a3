import type { Generated } from 'kysely'
import type { CellTables } from './cells/tables.ts'

/** What an entry of the tree is doing: it lies in its folder, in the trash, or nowhere. */
export const here = 0
export const trashed = 1
export const gone = 2

/** A file or a folder. The folders of a folder come before its files. */
export const folderKind = 0
export const fileKind = 1

/**
 * A file or a folder. Of a file, the present content and the lock are columns of the same row: whoever changes one of them
 * sees in the same statement what the other is.
 */
export interface EntryTable {
  id: string
  /** `null`: the root. */
  parent_id: string | null
  kind: number
  name: string
  /** What makes two names the same name. */
  name_key: string
  /** What names are sorted and searched by: without case and accents. */
  sort_key: string
  state: number
  owner_id: string
  /** Of the content, from 1 on; 0: a folder. */
  sequence: number
  version: string
  /** Bytes. */
  size: number
  /** Milliseconds since the epoch, as all times here. */
  modified_at: number
  sha256: string | null
  blob: string | null
  /** How many versions are kept, the present one included. */
  kept: number
  /** JSON in which the order of members makes no difference. `null`: the slot is empty. */
  lock: string | null
  /** Grows with each change of the slot. */
  lock_revision: Generated<number>
  lock_expires_at: Generated<number>
  /** 1: there is a lock in the slot that has not been released. Whether it has expired the time says. */
  is_locked: Generated<number>
  removed_at: number | null
  removed_by: string | null
}

/** A content that a file has, or had. */
export interface VersionTable {
  file_id: string
  sequence: number
  version: string
  size: number
  modified_at: number
  sha256: string
  blob: string
  /** JSON. */
  author: string
  /** JSON. `null`: not told. */
  editors: string | null
  is_autosave: number
  /** When the first of the autosaves was made that have become this one. */
  squashed_from: number
}

/** What a file carries besides its content, from the version on with which it was set. */
export interface CarriedTable {
  file_id: string
  sequence: number
  /** JSON. */
  carried: string
}

/** What is known of a blob: see `blob-states.ts`. */
export interface BlobTable {
  key: string
  state: number
  /** When it came into this state. */
  since: number
}

/** Bytes that wait to be committed. */
export interface UploadTable {
  token: string
  file_id: string
  user_id: string
  size: number
  ends_at: number
}

/** A stretch of an upload. */
export interface UploadPartTable {
  token: string
  /** Where in the upload it starts. */
  start: number
  size: number
  blob: string
}

/** A link to a file or a folder. */
export interface ShareTable {
  id: string
  kind: string
  resource_id: string
  type: string
  /** JSON. */
  author: string
  author_id: string
  made_at: number
  expires_at: number | null
  wanted_until: number | null
  /** A hash of what was wished for: one wish has one link. Null: a link that was made before this was known. */
  wish: string | null
}

/** A link of restricted use. */
export interface RestrictedLinkTable {
  id: string
  file_id: string
  kind: string
  author: string
}

/** A comment that was made, as it was told. */
export interface ActivityTable {
  number: Generated<number>
  file_id: string
  /** JSON of the id: what clients make up may hold characters that not every database takes. */
  activity_key: string
  activity: string
  author: string
  told_at: number
}

/** Whom an activity mentions. */
export interface MentionTable {
  user_key: string
  number: number
}

/** Hashes of a content's chunks. */
export interface SignatureTable {
  file_id: string
  version: string
  known: string
  kept_at: number
}

/** What clients keep for users. */
export interface UserInfoTable {
  user_key: string
  info: string
}

/** What one of all nodes does now and then. */
export interface ChoreTable {
  name: string
  /** When it is to be done next. */
  due_at: number
}

/** All tables. */
export interface Tables extends CellTables {
  entries: EntryTable
  versions: VersionTable
  carried: CarriedTable
  blobs: BlobTable
  uploads: UploadTable
  upload_parts: UploadPartTable
  shares: ShareTable
  restricted_links: RestrictedLinkTable
  activities: ActivityTable
  mentions: MentionTable
  signatures: SignatureTable
  user_info: UserInfoTable
  chores: ChoreTable
}
