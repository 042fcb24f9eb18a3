import type { Kysely } from 'kysely'
import type { StateTables } from './state/tables.ts'

/** Up to when each user has looked at what mentions them. */
export interface MentionsSeen {
  /** Milliseconds since the epoch; 0: never. */
  until(userId: string): Promise<number>
  note(userId: string, until: number): Promise<void>
}

/** Remembers it in the server's database. */
export function mentionsSeen(db: Kysely<StateTables>): MentionsSeen {
  return {
    async until(userId) {
      const row = await db.selectFrom('mentions_seen').select('until').where('user_id', '=', userId).executeTakeFirst()
      return row?.until ?? 0
    },
    async note(userId, until) {
      await db
        .insertInto('mentions_seen')
        .values({ user_id: userId, until })
        .onConflict((row) => row.column('user_id').doUpdateSet({ until }).where('mentions_seen.until', '<', until))
        .execute()
    },
  }
}
