import type { UserInfo } from '@openwopi/host'
import type { Database } from './database.ts'

/** Users whose info is remembered: it is asked for with every CheckFileInfo, and most users have none. */
const mostRemembered = 10_000

/** What clients keep for users, in the index. */
export function openUserInfo(database: Database): UserInfo {
  const remembered = new Map<string, string | undefined>()
  const one = database.prepare<{ info: string }>('SELECT info FROM userInfo WHERE user = ?')
  const change = database.prepare('INSERT OR REPLACE INTO userInfo VALUES (?, ?)')
  return {
    async get(userId) {
      if (remembered.has(userId)) return remembered.get(userId)
      const info = one.get(userId)?.info
      if (remembered.size >= mostRemembered) remembered.clear()
      remembered.set(userId, info)
      return info
    },
    async put(userId, info) {
      change.run(userId, info)
      remembered.set(userId, info)
    },
  }
}
