import type { Database } from '@openwopi/storage-folder/database'

/** Whose credentials for what: all that is known of them without a key. */
export interface SecretName {
  readonly applicationId: string
  readonly userId: string
  /** What the user is called. */
  readonly userName: string
  /** The id of the key that they are sealed with. */
  readonly keyId: string
}

/** What is kept in the secure store, by application and user. */
export interface SecretNames {
  all(): readonly SecretName[]
  /** `false`: there were none. */
  remove(applicationId: string, userId: string): boolean
}

/** Lists and takes away credentials: for either, nobody needs to open them. */
export function secretNames(database: Database): SecretNames {
  const all = database.prepare<SecretName>(
    `SELECT application_id AS applicationId, user_id AS userId, user_name AS userName, key_id AS keyId
     FROM secrets ORDER BY application_id, user_name`,
  )
  const remove = database.prepare('DELETE FROM secrets WHERE application_id = ? AND user_id = ?')
  return {
    all: () => all.all(),
    remove: (applicationId, userId) => remove.run(applicationId, userId) > 0,
  }
}
