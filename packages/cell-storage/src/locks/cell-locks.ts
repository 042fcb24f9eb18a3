import { isSameLock, type LockState } from './lock-state.ts'

/** A lock of another protocol on the same file. */
export interface ForeignLock {
  /** Absent: it has none that a client could name. */
  readonly id?: string
  /** Who holds it, as others read it. */
  readonly userName: string
}

/** Whether a client that says it holds `lock` holds this one. */
export const isNamed = ({ id }: ForeignLock, lock: string | undefined): boolean =>
  id !== undefined && lock !== undefined && isSameLock(id, lock)

/** One slot for each file, changed only by compare-and-swap. Slots outlive a restart. */
export interface CellLocks {
  /** What the slot of a file holds, expired or not. */
  read(file: string): Promise<LockState>
  /** Puts `next` in the slot if it still holds `expected`, compared by value. `false`: it does not, and nothing changed. */
  swap(file: string, expected: LockState, next: LockState): Promise<boolean>
  /** The lock of WOPI on a file, if one is held, which keeps these locks out. */
  foreign(file: string): Promise<ForeignLock | undefined>
}

/** Locks that last as long as this process, beside no other ones. */
export function memoryCellLocks(foreign: CellLocks['foreign'] = async () => undefined): CellLocks {
  const slots = new Map<string, string>()
  const read = (file: string): LockState => JSON.parse(slots.get(file) ?? 'null') ?? undefined
  return {
    foreign,
    async read(file) {
      return read(file)
    },
    async swap(file, expected, next) {
      if (slots.get(file) !== (expected && JSON.stringify(expected))) return false
      if (next) slots.set(file, JSON.stringify(next))
      else slots.delete(file)
      return true
    },
  }
}
