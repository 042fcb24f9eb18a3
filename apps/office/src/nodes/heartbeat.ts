import { leaseFor } from '../editing/homes.ts'
import type { OfficePorts } from '../editing/office-ports.ts'
import type { Sessions } from '../editing/sessions.ts'
import type { ProofKeys } from '../proof-keys.ts'
import type { Underway } from './underway.ts'

/** How often a node says that it is there, in milliseconds: often enough for one try to fail. */
const renewEvery = leaseFor / 4

interface Beating {
  readonly ports: OfficePorts
  readonly sessions: Sessions
  readonly underway: Underway
  readonly keys: ProofKeys
}

/**
 * Says again and again that this node is there, and acts on what has become of the others. Where that cannot be said for as
 * long as a lease runs, others may take over, and pages are sent to them. Ends when called.
 */
export function heartbeat({ ports, sessions, underway, keys }: Beating): () => void {
  let isBeating = false
  let renewedAt = performance.now()
  let isTrusted = true
  async function beat(): Promise<void> {
    if (isBeating) return
    isBeating = true
    const at = performance.now()
    try {
      const standing = await ports.homes.renew()
      renewedAt = at
      isTrusted = true
      sessions.backInTouch()
      underway.keepOnly(standing.isAlive)
      await sessions.keepOnly(standing.has)
      await keys.refresh()
    } catch (cause) {
      ports.observe({ what: 'lease not renewed', cause })
    } finally {
      isBeating = false
    }
  }
  function look(): void {
    if (!isTrusted || performance.now() - renewedAt < leaseFor) return
    isTrusted = false
    sessions.cutOff()
  }
  const timer = setInterval(() => {
    look()
    void beat()
  }, renewEvery).unref()
  return () => clearInterval(timer)
}
