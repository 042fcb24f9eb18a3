import { WopiError } from '@openwopi/protocol'
import type { CoauthLock, Lock } from './ports.ts'

/** The clients that have the file open together: those of the slot whose time has not run out. */
export const coauthLocks = (slot: Lock | undefined, now: number): readonly CoauthLock[] =>
  (slot?.coauth ?? []).filter(({ expiresAt }) => expiresAt > now)

/** Throws when clients have the file open together: then none may have it alone, nor write it in the plain way. */
export function refuseCoauthored(slot: Lock | undefined, now: number): void {
  const [first] = coauthLocks(slot, now)
  if (first) throw new WopiError('CoauthConflict', { reason: `${first.by.name || 'Someone'} has the file open` })
}
