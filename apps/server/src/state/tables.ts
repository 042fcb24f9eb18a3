import type { Generated } from 'kysely'

/** Who is signed in. All times are milliseconds since the epoch. */
interface SessionTable {
  /** Of the session's secret. */
  hash: string
  user_name: string
  begun_at: number
  used_at: number
  password_mark: string
}

interface RevokedTokenTable {
  id: string
  expires_at: number
}

interface LockHolderTable {
  file_id: string
  client: string
}

interface MentionSeenTable {
  user_id: string
  until: number
}

interface SecretTable {
  application_id: string
  user_id: string
  user_name: string
  key_id: string
  sealed: Uint8Array
  changed_at: number
}

interface UserTable {
  /** What makes two names the same name. */
  name_key: string
  name: string
  is_owner: number
  /** Of the password. */
  hash: string
  added_at: number
}

/** That the user of a name is another one since, or none. */
interface UserChangeTable {
  /** Counts from 1, without gaps. */
  number: number
  name_key: string
  /** When it was noted, in milliseconds since the epoch. */
  at: number
}

interface SettingTable {
  name: string
  value: string
}

interface RateLimitTable {
  /** A hash of which limit and whose key it is. */
  id: string
  /** Until when what was done keeps the key busy, in milliseconds since the epoch. */
  busy_until: number
}

interface AuditTable {
  number: Generated<number>
  at: number
  user_id: string
  user_name: string
  what: string
  resource_id: string
  resource_name: string
  details: string
}

/** An upload that has begun. */
interface UploadPlaceTable {
  id: string
  /** Of the server on which it lies, as other servers reach it. */
  address: string
  begun_at: number
}

/** A save that could not be stored, and lies on one of the servers. */
export interface SpooledSaveTable {
  id: string
  /** Of the server on which it lies, as other servers reach it. */
  address: string
  at: number
  size: number
  user_id: string
  user_name: string
  name: string | null
  file_id: string | null
  folder_id: string | null
}

/** An office that runs, or has died without a word. */
interface OfficeNodeTable {
  node: string
  /** Where other nodes reach it. */
  address: string
  lease_until: number
}

/** On which node the session of a document lives. `document` is the hash of its WOPISrc, here and in what follows. */
interface OfficeHomeTable {
  document: string
  node: string
  epoch: number
}

interface OfficeDocumentTable {
  document: string
  has_unsaved: number
  changed_at: number
  content: Uint8Array
}

/** What has been done to a document since it was stored. */
interface OfficeStepsTable {
  number: Generated<number>
  document: string
  steps: Uint8Array
}

interface OfficeLeftoverTable {
  number: Generated<number>
  document: string
  content: Uint8Array
}

interface OfficeSpentTable {
  name: string
  spent_at: number
}

interface OfficeTicketTable {
  name: string
  ends_at: number
  sealed: string
}

/** What the server keeps besides files. */
export interface StateTables {
  sessions: SessionTable
  revoked_tokens: RevokedTokenTable
  lock_holders: LockHolderTable
  mentions_seen: MentionSeenTable
  secrets: SecretTable
  users: UserTable
  user_changes: UserChangeTable
  settings: SettingTable
  audit: AuditTable
  rate_limits: RateLimitTable
  upload_places: UploadPlaceTable
  spooled_saves: SpooledSaveTable
  office_nodes: OfficeNodeTable
  office_homes: OfficeHomeTable
  office_documents: OfficeDocumentTable
  office_steps: OfficeStepsTable
  office_leftovers: OfficeLeftoverTable
  office_spent: OfficeSpentTable
  office_tickets: OfficeTicketTable
}
