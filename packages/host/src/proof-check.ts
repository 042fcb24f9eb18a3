import type { ProofKeys } from '@openwopi/protocol'
import { fromTicks, verifyProof } from '@openwopi/protocol/proof'
import type { Proof, ProvenRequest } from './ports.ts'

/** `off`: no proof is looked at. `if-present`: one that is sent must hold. `required`: one must be sent, and hold. */
export type ProofMode = 'off' | 'if-present' | 'required'

/** What is known of a client's proofs. */
export interface ProofSource {
  readonly mode: ProofMode
  /** Absent: the client publishes none, or its discovery could not be read. */
  readonly keys?: ProofKeys
}

/** Where the keys of clients come from, and how much is asked of each. */
export interface ProofCheckOptions {
  /** `client` is the name a grant gives. `undefined`: the token was made for no client in particular. */
  readonly keysOf: (client: string | undefined) => Promise<ProofSource>
  /** Reads the client's discovery anew, unless that was done a moment ago. `true`: it was read. */
  readonly refresh?: (client: string | undefined) => Promise<boolean>
  readonly now?: () => number
}

const oldest = 20 * 60_000
const mostInFuture = 5 * 60_000

/** Verifies that requests come from the client whose keys are known (MS-WOPI, proof keys). */
export function proofCheck({ keysOf, refresh = async () => false, now = Date.now }: ProofCheckOptions): Proof {
  return {
    async verify(request, client) {
      const source = await keysOf(client)
      const proof = proofIn(request)
      if (source.mode === 'off') return true
      if (!proof) return source.mode === 'if-present'
      const { keys } = source
      if (!keys && source.mode === 'if-present') return true
      if (!isRecent(proof.timestamp, now())) return false

      const found = keys && matching(request, proof, keys)
      if (found === 'current') return true
      // Either a key has changed on one side, or the proof is forged: only a fresh discovery document can tell.
      const refreshed = await refresh(client)
      if (found) return true
      const { keys: fresh } = refreshed ? await keysOf(client) : {}
      return fresh !== undefined && matching(request, proof, fresh) !== undefined
    },
  }
}

interface SentProof {
  readonly proof: string
  readonly proofOld: string
  readonly timestamp: bigint
}

function proofIn({ headers }: ProvenRequest): SentProof | undefined {
  const proof = headers.get('X-WOPI-Proof') ?? ''
  const proofOld = headers.get('X-WOPI-ProofOld') ?? ''
  const timestamp = headers.get('X-WOPI-TimeStamp') ?? ''
  if (proof === '' && proofOld === '') return undefined
  return { proof, proofOld, timestamp: /^\d{1,19}$/.test(timestamp) ? BigInt(timestamp) : 0n }
}

function isRecent(ticks: bigint, now: number): boolean {
  const age = now - fromTicks(ticks)
  return age <= oldest && age >= -mostInFuture
}

/** Clients sign the token decoded or as it stands in the address; each candidate still needs a signature that holds. */
function matching({ tokens, url }: ProvenRequest, sent: SentProof, keys: ProofKeys) {
  for (const token of tokens) {
    const found = verifyProof({ ...sent, token, url }, keys)
    if (found) return found
  }
  return undefined
}
