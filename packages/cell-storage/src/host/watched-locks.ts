import type { CellLocks } from '../locks/cell-locks.ts'
import type { LockState } from '../locks/lock-state.ts'

/** Locks during one call: what was seen of them, and what became of them. */
export interface WatchedLocks {
  readonly locks: CellLocks
  /** Whether a file is free, or held as it was when it was looked at for this call the last time. */
  isAsSeen(file: string): Promise<boolean>
  /** What has become of the lock of the file. `undefined`: it is held as before, or still is not. */
  change(): 'taken' | 'released' | undefined
}

/** Remembers by which locks somebody was let in: between that and the end of a save, others may come. */
export function watchedLocks(locks: CellLocks): WatchedLocks {
  let foreignSeen: string | undefined
  let ownSeen: string | undefined
  let change: 'taken' | 'released' | undefined
  const nameOfForeign = async (file: string) => {
    const held = await locks.foreign(file)
    return { held, name: held && `foreign ${held.id ?? ''} ${held.userName}` }
  }
  return {
    locks: {
      async read(file) {
        const state = await locks.read(file)
        ownSeen = nameOf(state)
        return state
      },
      async swap(file, expected, next) {
        const isDone = await locks.swap(file, expected, next)
        if (!isDone) return false
        if (!expected !== !next) change = next ? 'taken' : 'released'
        ownSeen = nameOf(next)
        return true
      },
      async foreign(file) {
        const { held, name } = await nameOfForeign(file)
        foreignSeen = name
        return held
      },
    },
    async isAsSeen(file) {
      const { name } = await nameOfForeign(file)
      if (name !== undefined) return name === foreignSeen
      const own = nameOf(await locks.read(file))
      return own === undefined || own === ownSeen
    },
    change: () => change,
  }
}

/** What tells a lock from others, whoever else shares it. */
function nameOf(state: LockState): string | undefined {
  if (!state) return undefined
  return `${state.kind} ${(state.kind === 'exclusive' ? state.id : state.schemaLockId).toLowerCase()}`
}
