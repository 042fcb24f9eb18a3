import type { Lock, Locks } from './ports.ts'

/** Naming the members fixes their order, so that equal locks are spelt alike. */
const members = [
  ...['by', 'conflictCopyId', 'expiresAt', 'id', 'isAnonymous', 'isUserVisible', 'name', 'releasedAt', 'version'],
  ...['cells', 'coauth', 'lockedAt', 'metadata', 'type'],
]
const spelt = (lock: Lock | undefined) => JSON.stringify(lock, members)

/** Locks that live as long as the process. */
export function memoryLocks(): Locks {
  const slots = new Map<string, Lock>()
  return {
    read: async (fileId) => slots.get(fileId),
    async swap(fileId, expected, next) {
      if (spelt(slots.get(fileId)) !== spelt(expected)) return false
      if (next) slots.set(fileId, next)
      else slots.delete(fileId)
      return true
    },
  }
}
