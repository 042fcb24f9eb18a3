import type { Lock, Locks } from './ports.ts'

const same = (a: Lock | undefined, b: Lock | undefined) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (lock: Lock | undefined) => lock && Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1))

/** Locks that live as long as the process. */
export function memoryLocks(): Locks {
  const slots = new Map<string, Lock>()
  return {
    read: async (fileId) => slots.get(fileId),
    async swap(fileId, expected, next) {
      if (!same(slots.get(fileId), expected)) return false
      if (next) slots.set(fileId, next)
      else slots.delete(fileId)
      return true
    },
  }
}
