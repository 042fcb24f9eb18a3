import type { Discovery } from '@openwopi/protocol'
import { sizeText } from '../cli/text.ts'
import { fetchDiscovery } from '../clients/fetch-discovery.ts'
import type { DeployedClient } from '../examination/deployment.ts'
import { clockFinding } from './clocks.ts'
import { type Finding, verdictOn } from './finding.ts'
import { originOf, type Patient } from './patient.ts'
import { proofKeyFindings } from './proof-keys.ts'
import { actionsFor } from './usual-documents.ts'

/** A client, and what its discovery document says, once it could be read. */
export interface Met {
  readonly client: DeployedClient
  readonly discovery?: Discovery
  readonly findings: readonly Finding[]
}

const patience = 15_000
/** Real documents have 100 to 200 KB; bytes. */
const unusual = 1024 * 1024

/** What a client says of itself, and whether that is of any use here. */
export async function meet(patient: Patient, client: DeployedClient): Promise<Met> {
  const { problem } = verdictOn(client.name)
  try {
    const first = await fetchDiscovery(client.url, patience)
    // Behind one address there may be several machines, each with a document of its own.
    const again = await Promise.all([1, 2, 3].map(() => fetchDiscovery(client.url, patience).catch(() => first)))
    const date = await patient.probe(client.url).then(
      ({ header }) => header('Date'),
      () => undefined,
    )
    const clock = clockFinding(
      { name: client.name, isSigner: first.discovery.proofKeys !== undefined },
      date,
      patient.now(),
    )
    const keys = proofKeyFindings({ client, mode: patient.deployment.proof, read: [first, ...again] })
    return {
      client,
      discovery: first.discovery,
      findings: [...aboutActions(patient, client, first), ...keys, ...(clock ? [clock] : [])],
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return {
      client,
      findings: [
        problem(
          `Its discovery document at ${client.url} cannot be used: ${why}: check that it runs, and the address after --client.`,
        ),
      ],
    }
  }
}

function aboutActions(
  { deployment }: Patient,
  { name, away }: DeployedClient,
  { discovery, xml }: { readonly discovery: Discovery; readonly xml: string },
): Finding[] {
  const { ok, warning, problem } = verdictOn(name)
  const { edits, shows } = actionsFor(discovery)
  const size = Buffer.byteLength(xml)
  const plain = insecureOrigin(discovery)
  if (deployment.public.startsWith('https:') && plain !== undefined) {
    return [
      problem(
        `It gives browsers http addresses (${plain}), which they do not load inside a page of https: have it give https addresses.`,
      ),
    ]
  }
  if (away !== null) {
    return [
      warning(
        `The host could not read its discovery document when it last tried (${away}): wait five minutes, as it tries again by itself, or start the host again.`,
      ),
    ]
  }
  if (edits.length + shows.length === 0) {
    return [
      warning(
        'It opens none of the usual kinds of documents: check that the address after --client is that of an office client.',
      ),
    ]
  }
  if (size > unusual) {
    return [
      warning(
        `Its discovery document has ${sizeText(size)}, and more than 5 MB are not read: see what makes it so large.`,
      ),
    ]
  }
  const does = [edits.length > 0 && `edits ${edits.join(', ')}`, shows.length > 0 && `shows ${shows.join(', ')}`]
  return [ok(`It ${does.filter(Boolean).join(' and ')}.`)]
}

const insecureOrigin = ({ zones }: Discovery): string | undefined => {
  const urls = zones.flatMap(({ apps }) => apps.flatMap(({ actions }) => actions.map(({ urlsrc }) => urlsrc)))
  const hasSecure = urls.some((url) => /^https:/i.test(url))
  const plain = urls.find((url) => /^http:/i.test(url))
  return plain === undefined || hasSecure ? undefined : originOf(plain.replace(/[<?].*$/s, ''))
}
