import type { ProofKeys } from '@openwopi/protocol'
import type { Config } from '../config.ts'
import type { Editors } from './editors.ts'

/** What is asked of the requests of one client. */
export interface ProofPolicy {
  readonly mode: 'off' | 'if-present' | 'required'
  /** Absent: there are none to check with, so nothing that must be proven holds. */
  readonly keys?: ProofKeys
}

/**
 * Whether a client must sign its requests: if it publishes keys, unless configured otherwise. Requests with a token
 * that was made for no client in particular, as a script's, are signed by nobody.
 */
export const proofPolicy =
  ({ proof }: Pick<Config, 'proof'>, editors: Editors) =>
  async (client: string | undefined): Promise<ProofPolicy> => {
    if (client === undefined || proof === 'off') return { mode: 'off' }
    const keys = editors.keysOf(client)
    // Of a client that has not been heard of yet, nobody knows whether it publishes keys: nothing is taken on trust.
    if (!keys) return { mode: proof ?? (editors.isKnown(client) ? 'off' : 'required') }
    return { mode: proof ?? 'required', keys }
  }
