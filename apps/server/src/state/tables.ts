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

/** What the server keeps besides files. */
export interface StateTables {
  sessions: SessionTable
  revoked_tokens: RevokedTokenTable
  lock_holders: LockHolderTable
  mentions_seen: MentionSeenTable
  secrets: SecretTable
  users: UserTable
  settings: SettingTable
  audit: AuditTable
  rate_limits: RateLimitTable
}
