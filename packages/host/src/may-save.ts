import type { ClientProfile } from './client-profiles.ts'
import { coauthLocks } from './coauthored.ts'
import { heldByCells } from './held-by-cells.ts'
import type { Ports } from './implementation.ts'
import { live } from './locking.ts'
import type { Lock, StoredFile } from './ports.ts'

interface Attempt {
  readonly slot: Lock | undefined
  /** The lock id that came with the save. */
  readonly lock: string | undefined
  readonly file: StoredFile
  readonly profile: ClientProfile
  /** When the save began: a lock that held then holds for the whole of it. */
  readonly at: number
}

/** By what right a save may replace a file's content. */
export type SaveRight = 'holder' | 'empty' | 'grace' | 'lockless' | 'no'

/** The rule of PutFile. */
export function maySave(
  { sameLock, without }: Pick<Ports, 'sameLock' | 'without'>,
  { slot, lock, file, profile, at }: Attempt,
): SaveRight {
  if (without.has('locks')) return 'lockless'
  if (coauthLocks(slot, at).length > 0 || heldByCells(slot, at)) return 'no'
  const held = live(slot, at)
  if (held) return lock !== undefined && sameLock(held.id, lock) ? 'holder' : 'no'
  // Only a file that is still empty may be written without a lock: that is how a client creates one.
  if (file.size === 0) return 'empty'
  return lock !== undefined && slot && sameLock(slot.id, lock) && inGrace(slot, file, profile, at) ? 'grace' : 'no'
}

/** The slot still remembers this lock, so nobody has locked since; the version is what it was, so nobody has written. */
const inGrace = (
  { releasedAt, version }: Lock,
  file: StoredFile,
  { graceAfterUnlock }: ClientProfile,
  at: number,
): boolean =>
  // A save that began before the release did not come late; that alone gives it no right.
  releasedAt !== undefined && Math.max(0, at - releasedAt) < graceAfterUnlock && version === file.version
