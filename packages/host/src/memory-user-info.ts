import type { UserInfo } from './ports.ts'

/** UserInfo that lives as long as the process. */
export function memoryUserInfo(): UserInfo {
  const infos = new Map<string, string>()
  return {
    get: async (userId) => infos.get(userId),
    async put(userId, info) {
      infos.set(userId, info)
    },
  }
}
