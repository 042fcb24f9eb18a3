import type { RefusedProof } from '@openwopi/host/proof-check'
import { findProof } from '@openwopi/protocol/find-proof'
import { readTicks } from '@openwopi/protocol/proof'
import type { Log } from '../log-event.ts'
import { adviseOnProof, type ProofAdvice } from './proof-advice.ts'

/** A client whose proofs do not hold sends many requests; one line in this time says as much, in milliseconds. */
const quietFor = 10_000

/** Tells the log why the proofs of a client do not hold, and for what they would have. It tells nothing of tokens. */
export function reportRefusals(log: Log, now: () => number): (refusal: RefusedProof) => void {
  const toldAt = new Map<string, number>()
  return (refusal) => {
    const client = refusal.client ?? 'a client'
    const known = `${client} ${refusal.fault}`
    if (now() - (toldAt.get(known) ?? Number.NEGATIVE_INFINITY) < quietFor) return
    toldAt.set(known, now())
    const { says, todo } = whyRefused(refusal, client)
    const message = `The proof of a request of ${client} does not hold. ${says} ${todo}`
    log({ level: 'warn', event: 'proof refused', client, fault: refusal.fault, message })
  }
}

function whyRefused({ fault, age, keys, request }: RefusedProof, client: string): ProofAdvice {
  if (fault === 'missing') return missing
  if (fault === 'stale') return stale(age, client)
  if (fault === 'no keys' || !keys) return noKeys(client)
  const header = (name: string) => request.headers.get(name) ?? ''
  const [token = '', ...tokens] = request.tokens
  const sent = {
    url: request.url,
    token,
    proof: header('X-WOPI-Proof'),
    proofOld: header('X-WOPI-ProofOld'),
    timestamp: readTicks(header('X-WOPI-TimeStamp')) ?? 0n,
  }
  return adviseOnProof(findProof(sent, keys, { ...hintsIn(header), tokens, changes: 2 }), client)
}

const missing: ProofAdvice = {
  says: 'It carries none, although this client publishes proof keys.',
  todo: 'Check that no proxy drops the headers X-WOPI-Proof and X-WOPI-TimeStamp; if it does not, someone else has sent it.',
}

const noKeys = (client: string): ProofAdvice => ({
  says: `No keys of ${client} are known to check it with.`,
  todo: 'Have the client publish them in its discovery document, or start the host with --proof if-present.',
})

function stale(age: number | undefined, client: string): ProofAdvice {
  const todo = `Set the clocks of ${client} and of this machine, best by a time server.`
  if (age === undefined)
    return {
      says: 'It does not say when it was signed.',
      todo: 'Check that no proxy drops the header X-WOPI-TimeStamp.',
    }
  const minutes = Math.round(Math.abs(age) / 60_000)
  return {
    says: `It was signed ${minutes} minutes ${age < 0 ? 'in the future' : 'ago'} by the clock of ${client}.`,
    todo,
  }
}

/** What the request was called on its way, believed or not: nothing is let in for it. */
const hintsIn = (header: (name: string) => string) => ({
  hosts: [...new Set([header('X-Forwarded-Host'), header('Host')].filter((host) => /^[\w.:[\]-]+$/.test(host)))],
  prefixes: [header('X-Forwarded-Prefix')].filter((prefix) => /^(\/[\w.~-]+)+$/.test(prefix)),
})
