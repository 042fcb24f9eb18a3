import type { UserInfo } from '@openwopi/host'
import type { Store } from './store.ts'

/** What clients keep for users, in a database. */
export function openUserInfo({ db }: Store): UserInfo {
  return {
    async get(userId) {
      const row = await db
        .selectFrom('user_info')
        .select('info')
        .where('user_key', '=', JSON.stringify(userId))
        .executeTakeFirst()
      return row?.info
    },
    async put(userId, info) {
      await db
        .insertInto('user_info')
        .values({ user_key: JSON.stringify(userId), info })
        .onConflict((conflict) => conflict.column('user_key').doUpdateSet({ info }))
        .execute()
    },
  }
}
