import { createHmac } from 'node:crypto'
import type { Claim } from './homes.ts'

/** The ids of the locks under which documents are edited. */
export interface LockIds {
  of(claim: Claim): string
  /** Whether this is the id of a claim on the same document that came before. */
  isEarlier(lock: string, claim: Claim): boolean
}

/**
 * The lock id of each file, the same one after every restart: a lock that a crash left behind is then one's own, and nobody
 * waits half an hour for it. Each claim has an id of its own, so that a host refuses what a node still sends that has lost its
 * claim. The key makes the ids of one office strange to every other.
 */
export function lockIds(key: Uint8Array): LockIds {
  const stemOf = (wopiSrc: string) =>
    `openwopi-${createHmac('sha256', key).update(wopiSrc).digest('base64url').slice(0, 27)}`
  return {
    of: ({ wopiSrc, epoch }) => (epoch === 0 ? stemOf(wopiSrc) : `${stemOf(wopiSrc)}-${epoch}`),
    isEarlier(lock, { wopiSrc, epoch }) {
      const stem = stemOf(wopiSrc)
      if (lock === stem) return epoch > 0
      const found = lock.startsWith(`${stem}-`) ? Number(lock.slice(stem.length + 1)) : Number.NaN
      return found < epoch
    },
  }
}
