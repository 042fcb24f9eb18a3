import type { UserInfo } from '@openwopi/host'
import type { Database } from './database.ts'

/** What clients keep for users, in the index. */
export function openUserInfo(database: Database): UserInfo {
  const one = database.prepare<{ info: string }>('SELECT info FROM userInfo WHERE user = ?')
  const change = database.prepare('INSERT OR REPLACE INTO userInfo VALUES (?, ?)')
  return {
    get: async (userId) => one.get(userId)?.info,
    put: async (userId, info) => void change.run(userId, info),
  }
}
