import type { Kysely } from 'kysely'
import type { StateTables } from '../state/tables.ts'

/** Access tokens that have been taken back before their time. */
export interface Revocations {
  has(tokenId: string): boolean
  /** `expiresAt`: when the token ends by itself, and need not be remembered any more; milliseconds since the epoch. */
  add(tokenId: string, expiresAt: number): Promise<void>
  /** Learns what other nodes have taken back. */
  refresh(): Promise<void>
}

/** Keeps them in the server's database, so that they outlive a restart; and in memory, as each call asks for one. */
export async function revocations(db: Kysely<StateTables>, now: () => number): Promise<Revocations> {
  const known = new Map<string, number>()

  async function refresh(): Promise<void> {
    const rows = await db.selectFrom('revoked_tokens').selectAll().where('expires_at', '>', now()).execute()
    for (const { id, expires_at } of rows) known.set(id, expires_at)
    for (const [id, end] of known) if (end <= now()) known.delete(id)
  }

  await db.deleteFrom('revoked_tokens').where('expires_at', '<=', now()).execute()
  await refresh()
  return {
    has: (tokenId) => known.has(tokenId),
    async add(tokenId, expiresAt) {
      const row = { id: tokenId, expires_at: expiresAt }
      await db
        .insertInto('revoked_tokens')
        .values(row)
        .onConflict((taken) => taken.doNothing())
        .execute()
      known.set(tokenId, expiresAt)
    },
    refresh,
  }
}
