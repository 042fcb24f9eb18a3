import type { Kysely } from 'kysely'
import type { StateTables } from '../state/tables.ts'

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
  all(): Promise<readonly SecretName[]>
  /** `false`: there were none. */
  remove(applicationId: string, userId: string): Promise<boolean>
}

/** Lists and takes away credentials: for either, nobody needs to open them. */
export const secretNames = (db: Kysely<StateTables>): SecretNames => ({
  all: () =>
    db
      .selectFrom('secrets')
      .select(['application_id as applicationId', 'user_id as userId', 'user_name as userName', 'key_id as keyId'])
      .orderBy('application_id')
      .orderBy('user_name')
      .execute(),
  async remove(applicationId, userId) {
    const { numDeletedRows } = await db
      .deleteFrom('secrets')
      .where('application_id', '=', applicationId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },
})
