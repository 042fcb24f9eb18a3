import { type Discovery, disagreeingKeys, pairsOf } from '@openwopi/protocol'
import type { DeployedClient, Deployment } from '../examination/deployment.ts'
import { type Finding, verdictOn } from './finding.ts'

/** A discovery document as it was read. */
interface Read {
  readonly xml: string
  readonly discovery: Discovery
}

/** What is known of the keys of a client: its document, read several times, and how the host goes by it. */
interface KeysOfClient {
  readonly client: DeployedClient
  readonly mode: Deployment['proof']
  readonly read: readonly Read[]
}

/** Whether the requests of a client can be told from forged ones, and are. */
export function proofKeyFindings({ client: { name }, mode, read }: KeysOfClient): Finding[] {
  const { ok, warning, problem } = verdictOn('proof keys')
  const keys = read[0]?.discovery.proofKeys
  const different = new Set(read.map(({ discovery }) => JSON.stringify(discovery.proofKeys ?? null)))
  const disagreeing = [...new Set(read.flatMap(({ xml }) => disagreeingKeys(xml)))]
  if (different.size > 1) {
    return [
      problem(
        `${name} publishes other proof keys each time it is asked, so requests are refused at random: give all its machines the same key.`,
      ),
    ]
  }
  if (disagreeing.length > 0) {
    return [
      warning(
        `${name} publishes a proof key whose ${disagreeing.join(' and ')} is another one than its modulus, by which this host goes: make its keys anew.`,
      ),
    ]
  }
  if (!keys && mode === 'required') {
    return [
      problem(
        `${name} publishes no proof keys, and --proof required refuses all its requests: give it keys, or leave that option out.`,
      ),
    ]
  }
  if (!keys) {
    return [
      warning(
        `${name} publishes no proof keys, so whoever gets hold of a token can use it from anywhere: have it sign its requests, if it can.`,
      ),
    ]
  }
  if (mode === 'off' || mode === 'if-present') {
    return [warning(`${name} signs its requests, but --proof ${mode} takes unsigned ones too: leave that option out.`)]
  }
  const machines = pairsOf(keys).length
  return [
    ok(
      `${name} signs its requests${machines > 1 ? `, with the keys of ${machines} machines` : ''}, and unsigned ones are refused.`,
    ),
  ]
}
