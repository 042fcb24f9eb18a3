import type { Lock, Locks, StoredFile, User } from '@openwopi/host'
import type { CellLocks, ForeignLock } from '../locks/cell-locks.ts'
import { type LockState, liveAt } from '../locks/lock-state.ts'

/** Where the locks of cell storage are kept: in the slot in which the host keeps its own. */
export interface SlotLocksOptions {
  readonly locks: Locks
  readonly find: (fileId: string) => Promise<StoredFile | undefined>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The locks of cell storage in the slots of a host, where each protocol sees what the other holds. */
export function slotLocks({ locks, find, now }: SlotLocksOptions): CellLocks {
  return {
    async read(file) {
      return stateIn(await locks.read(file))
    },
    async swap(file, expected, next) {
      const slot = await locks.read(file)
      if (!isSame(stateIn(slot), expected) || otherHolder(slot, now())) return false
      if (!next) return slot?.cells === undefined || locks.swap(file, slot, undefined)
      const { version = '' } = (await find(file)) ?? {}
      return locks.swap(file, slot, { ...boundBy(next), id: '', version, cells: JSON.stringify(next) })
    },
    async foreign(file) {
      const slot = await locks.read(file)
      const other = otherHolder(slot, now())
      if (other || liveAt(stateIn(slot), now())) return other
      const { openElsewhere } = (await find(file)) ?? {}
      return openElsewhere === undefined ? undefined : { userName: openElsewhere || 'Someone' }
    },
  }
}

/** Members have one order: that in which they were written down. */
const isSame = (one: LockState, other: LockState): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What cell storage has written down in a slot. */
export const stateIn = (slot: Lock | undefined): LockState =>
  slot?.cells === undefined ? undefined : JSON.parse(slot.cells)

/** The lock of WOPI that a slot holds at `now`. Clients that have the file open together have no id in common. */
export function otherHolder(slot: Lock | undefined, now: number): ForeignLock | undefined {
  if (!slot || slot.cells !== undefined || slot.releasedAt !== undefined || slot.expiresAt <= now) return undefined
  const userName = slot.by.name || 'Someone'
  return slot.coauth ? { userName } : { id: slot.id, userName }
}

/** Whose lock it is, as far as the host wants to know, and until when it binds. */
function boundBy(state: NonNullable<LockState>): Pick<Lock, 'by' | 'expiresAt'> {
  if (state.kind === 'exclusive') return { by: userOf(state), expiresAt: state.expiresAt }
  const expiresAt = Math.max(...state.clients.map((client) => client.expiresAt))
  const [first] = state.clients
  return { by: first ? userOf(first) : { id: '', name: '' }, expiresAt }
}

const userOf = ({ user, userName }: { readonly user: string; readonly userName: string }): User => ({
  id: user,
  name: userName,
})
