import { type Discovery, pickAction } from '@openwopi/protocol'
import type { DeployedClient } from '../examination/deployment.ts'
import type { TrialFile } from '../examination/routes.ts'
import { allows, policiesIn } from './content-policies.ts'
import { type Finding, verdictOn } from './finding.ts'
import { originOf, type Patient, type Way } from './patient.ts'
import { failureCode, type Probed } from './probe.ts'
import { usualExtensions } from './usual-documents.ts'

/** A client's page for a document, as a browser would get it into the frame. */
export interface ClientPage {
  readonly client: DeployedClient
  readonly url: string
  readonly answer: Probed
}

/** Opens a document in a client, as a browser does. A string says why that did not work; `undefined`: it opens nothing. */
export async function openInClient(
  patient: Patient,
  client: DeployedClient,
  discovery: Discovery,
): Promise<ClientPage | string | undefined> {
  const wish = { wanted: 'view', canWrite: false, offers: new Set<string>() }
  const extension = usualExtensions.find((one) => pickAction(discovery, { ...wish, extension: one }))
  if (extension === undefined) return undefined
  const file = await patient.trialFile(extension, client.name)
  try {
    return file.actionUrl === null ? undefined : await post(patient, client, { ...file, actionUrl: file.actionUrl })
  } finally {
    await patient.removeTrialFile(file.id)
  }
}

async function post(
  { probe }: Patient,
  client: DeployedClient,
  { actionUrl, accessToken }: TrialFile & { readonly actionUrl: string },
): Promise<ClientPage | string> {
  const body = new URLSearchParams({ access_token: accessToken, access_token_ttl: '0' }).toString()
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  try {
    return { client, url: actionUrl, answer: await probe(actionUrl, { method: 'POST', headers, body, isStrict: true }) }
  } catch (error) {
    return `${originOf(actionUrl)} (${failureCode(error)})`
  }
}

/** Whether the page of the host may hold a frame of the client, and the page of the client be in it. */
export async function frames(patient: Patient, way: Way, page: ClientPage): Promise<Finding[]> {
  const { ok } = verdictOn('frames')
  const faults = [await hostFault(patient, way, page), clientFault(patient, page)].filter((one) => one !== undefined)
  return faults.length > 0 ? faults : [ok(`A page of this host may show ${page.client.name} in a frame.`)]
}

/** What a proxy adds to the policy of a page counts besides that of the page. */
async function hostFault({ probe }: Patient, way: Way, { url, client }: ClientPage): Promise<Finding | undefined> {
  if (!way.echo) return undefined
  const { problem } = verdictOn('frames')
  const origin = originOf(url)
  const page = await probe(`${way.url}/page?frames=${encodeURIComponent(origin)}`).catch(() => undefined)
  if (!page) return undefined
  const policies = policiesIn(page.header('Content-Security-Policy'))
  const asked = { origin, self: originOf(way.address) }
  const directive = [['frame-src', 'child-src', 'default-src'], ['form-action']].find(
    (directives) => !allows(policies, directives, asked),
  )?.[0]
  if (directive !== undefined) {
    return problem(
      `The proxy adds a Content-Security-Policy to pages that does not let them show ${client.name}: take it out, as the host sends its own, or add ${origin} to its ${directive}.`,
    )
  }
  const isClosed = /require-corp|credentialless/i.test(page.header('Cross-Origin-Embedder-Policy') ?? '')
  if (!isClosed) return undefined
  return problem(
    `The proxy adds Cross-Origin-Embedder-Policy to pages, with which they cannot show ${client.name}: take it out.`,
  )
}

/** With `frame-ancestors` in a policy, browsers pass over X-Frame-Options. */
function clientFault({ deployment }: Patient, { client, url, answer }: ClientPage): Finding | undefined {
  const { problem } = verdictOn('frames')
  const asked = { origin: originOf(deployment.public), self: originOf(url) }
  const policy = answer.header('Content-Security-Policy')
  const policies = policiesIn(policy)
  if (!allows(policies, ['frame-ancestors'], asked)) {
    return problem(
      `The page of ${client.name} may not be shown in a page of ${asked.origin} (its frame-ancestors): add that origin to the hosts that it is configured for.`,
    )
  }
  const option = /\b(DENY|SAMEORIGIN)\b/i.exec(answer.header('X-Frame-Options') ?? '')?.[1]
  const isPassedOver = /frame-ancestors/i.test(policy ?? '')
  if (option === undefined || isPassedOver || (option.toUpperCase() === 'SAMEORIGIN' && asked.origin === asked.self))
    return undefined
  return problem(
    `The page of ${client.name} may not be shown in a frame (X-Frame-Options: ${option}): have it, or the proxy before it, leave that header out.`,
  )
}
