import type { Database } from '@openwopi/storage-folder/database'

/** Up to when each user has looked at what mentions them. */
export interface MentionsSeen {
  /** Milliseconds since the epoch; 0: never. */
  until(userId: string): number
  note(userId: string, until: number): void
}

/** Remembers it in the server's database. */
export function mentionsSeen(database: Database): MentionsSeen {
  const select = database.prepare<{ until: number }>('SELECT until FROM mentions_seen WHERE user_id = ?')
  const upsert = database.prepare(
    'INSERT INTO mentions_seen VALUES (?, ?) ON CONFLICT DO UPDATE SET until = max(until, excluded.until)',
  )
  return {
    until: (userId) => select.get(userId)?.until ?? 0,
    note: (userId, until) => void upsert.run(userId, until),
  }
}
