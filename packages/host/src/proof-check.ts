import type { ProofKeys } from '@openwopi/protocol'
import { fromTicks, readTicks, verifyProof } from '@openwopi/protocol/proof'
import type { Proof, ProvenRequest } from './ports.ts'

/** `off`: no proof is looked at. `if-present`: one that is sent must hold. `required`: one must be sent, and hold. */
export type ProofMode = 'off' | 'if-present' | 'required'

/** What is known of a client's proofs. */
export interface ProofSource {
  readonly mode: ProofMode
  /** Absent: the client publishes none, or its discovery could not be read. */
  readonly keys?: ProofKeys
}

/** Why a proof does not hold: it is not there, there are no keys to check it with, it is too old, or nothing fits. */
export type ProofFault = 'missing' | 'no keys' | 'stale' | 'no match'

/** A request whose proof does not hold. */
export interface RefusedProof {
  readonly request: ProvenRequest
  readonly client: string | undefined
  readonly fault: ProofFault
  /** What it was checked with. */
  readonly keys?: ProofKeys
  /** How long ago it says it was signed, in milliseconds; negative: in the future. Absent: it does not say. */
  readonly age?: number
}

/** Where the keys of clients come from, and how much is asked of each. */
export interface ProofCheckOptions {
  /** `client` is the name a grant gives. `undefined`: the token was made for no client in particular. */
  readonly keysOf: (client: string | undefined) => Promise<ProofSource>
  /** Reads the client's discovery anew, unless that was done a moment ago. `true`: it was read. */
  readonly refresh?: (client: string | undefined) => Promise<boolean>
  /** Other addresses that the client may have called, as a proxy tells that is trusted. */
  readonly addressesOf?: (request: ProvenRequest) => readonly string[]
  /** Told of every request whose proof does not hold, before it is answered. */
  readonly refused?: (refusal: RefusedProof) => void
  readonly now?: () => number
}

const oldest = 20 * 60_000
const mostInFuture = 5 * 60_000

/** Verifies that requests come from the client whose keys are known (MS-WOPI, proof keys). */
export function proofCheck(options: ProofCheckOptions): Proof {
  const { keysOf, refresh = async () => false, addressesOf = () => [], refused, now = Date.now } = options

  async function faultOf(request: ProvenRequest, client: string | undefined): Promise<ProofFault | undefined> {
    const { mode, keys } = await keysOf(client)
    const proof = proofIn(request)
    if (mode === 'off') return undefined
    if (!proof) return mode === 'if-present' ? undefined : 'missing'
    if (!keys && mode === 'if-present') return undefined
    if (!isRecent(proof.timestamp, now())) return 'stale'

    const urls = [request.url, ...addressesOf(request)]
    const found = keys && matching({ ...request, urls }, proof, keys)
    if (found === 'current') return undefined
    // Either a key has changed on one side, or the proof is forged: only a fresh discovery document can tell.
    await refresh(client)
    if (found) return undefined
    // Another request may have had it read in the meantime.
    const { keys: fresh } = await keysOf(client)
    if (!fresh) return 'no keys'
    return fresh !== keys && matching({ ...request, urls }, proof, fresh) ? undefined : 'no match'
  }

  return {
    async verify(request, client) {
      const fault = await faultOf(request, client)
      if (fault !== undefined && refused) refused({ request, client, fault, ...(await known(request, client)) })
      return fault === undefined
    },
  }

  async function known(
    request: ProvenRequest,
    client: string | undefined,
  ): Promise<Pick<RefusedProof, 'keys' | 'age'>> {
    const { keys } = await keysOf(client)
    const timestamp = proofIn(request)?.timestamp
    return { ...(keys && { keys }), ...(timestamp !== undefined && { age: now() - fromTicks(timestamp) }) }
  }
}

/** A proof as it was sent. */
interface SentProof {
  readonly proof: string
  readonly proofOld: string
  /** `undefined`: there is no time stamp, or it is no number. */
  readonly timestamp: bigint | undefined
}

function proofIn({ headers }: ProvenRequest): SentProof | undefined {
  const proof = headers.get('X-WOPI-Proof') ?? ''
  const proofOld = headers.get('X-WOPI-ProofOld') ?? ''
  if (proof === '' && proofOld === '') return undefined
  return { proof, proofOld, timestamp: readTicks(headers.get('X-WOPI-TimeStamp') ?? '') }
}

function isRecent(ticks: bigint | undefined, now: number): boolean {
  const age = ticks === undefined ? Number.POSITIVE_INFINITY : now - fromTicks(ticks)
  return age <= oldest && age >= -mostInFuture
}

/** Clients sign the token decoded or as it stands in the address; each candidate still needs a signature that holds. */
function matching(
  { tokens, urls }: Pick<ProvenRequest, 'tokens'> & { readonly urls: readonly string[] },
  { timestamp = 0n, ...sent }: SentProof,
  keys: ProofKeys,
) {
  for (const url of urls) {
    for (const token of tokens) {
      const found = verifyProof({ ...sent, timestamp, token, url }, keys)
      if (found) return found
    }
  }
  return undefined
}
