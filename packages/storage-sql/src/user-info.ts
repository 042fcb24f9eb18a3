import type { UserInfo } from '@openwopi/host'
import type { ReadMemory } from './read-memory.ts'
import type { Store } from './store.ts'

/** What a user is found by. Ids of users come from elsewhere, and may hold characters that not every database takes. */
export const userKey = (userId: string): string => JSON.stringify(userId)

/** What clients keep for users, in a database. */
export function openUserInfo({ db }: Store, memory: ReadMemory): UserInfo {
  return {
    async get(userId, file) {
      const read = file && memory.infoOf(file, userId)
      if (read) return read.info ?? undefined
      const row = await db
        .selectFrom('user_info')
        .select('info')
        .where('user_key', '=', userKey(userId))
        .executeTakeFirst()
      return row?.info
    },
    async put(userId, info) {
      await db
        .insertInto('user_info')
        .values({ user_key: userKey(userId), info })
        .onConflict((conflict) => conflict.column('user_key').doUpdateSet({ info }))
        .execute()
    },
  }
}
