import { WopiError } from '@openwopi/protocol'
import { refuseCoauthored } from './coauthored.ts'
import type { Lock } from './ports.ts'

/** The slot, if clients of cell storage hold the file at `now`. */
export const heldByCells = (slot: Lock | undefined, now: number): Lock | undefined =>
  slot?.cells !== undefined && slot.expiresAt > now ? slot : undefined

/** Throws when others than the holder of a plain lock have the file: through locks of their own, or another protocol. */
export function refuseOtherHolders(slot: Lock | undefined, now: number): void {
  refuseCoauthored(slot, now)
  const held = heldByCells(slot, now)
  if (held) throw new WopiError('LockMismatch', { lock: '', byOtherInterface: true, reason: holderByCells(held) })
}

/** Who keeps others out, in a sentence. */
export const holderByCells = ({ by }: Lock): string => `${by.name || 'Someone'} has the file open`
