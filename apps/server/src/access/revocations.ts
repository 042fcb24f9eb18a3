import type { Database } from '@openwopi/storage-folder/database'

/** Access tokens that have been taken back before their time. */
export interface Revocations {
  has(tokenId: string): boolean
  /** `expiresAt`: when the token ends by itself, and need not be remembered any more; milliseconds since the epoch. */
  add(tokenId: string, expiresAt: number): void
}

/** Keeps them in the server's database, so that they outlive a restart. */
export function revocations(database: Database, now: () => number): Revocations {
  database.prepare('DELETE FROM revoked_tokens WHERE expires_at <= ?').run(now())
  const insert = database.prepare('INSERT OR IGNORE INTO revoked_tokens (id, expires_at) VALUES (?, ?)')
  const known = new Map(
    database
      .prepare<{ id: string; expires_at: number }>('SELECT id, expires_at FROM revoked_tokens')
      .all()
      .map((row) => [row.id, row.expires_at]),
  )

  return {
    has: (tokenId) => known.has(tokenId),
    add(tokenId, expiresAt) {
      insert.run(tokenId, expiresAt)
      known.set(tokenId, expiresAt)
      for (const [id, end] of known) if (end <= now()) known.delete(id)
    },
  }
}
