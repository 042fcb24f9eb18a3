import type { Discovery } from '@openwopi/protocol'
import { bodies } from './bodies.ts'
import { type Certificates, certificatesOf } from './certificates.ts'
import { clientView } from './client-view.ts'
import { type Met, meet } from './clients.ts'
import { clockFinding } from './clocks.ts'
import { type Finding, verdictOn } from './finding.ts'
import { type ClientPage, frames, openInClient } from './frames.ts'
import { heldAnswers } from './held-answers.ts'
import { keptRequests } from './kept-requests.ts'
import { longAddresses } from './long-addresses.ts'
import { officeSocket } from './office-socket.ts'
import type { Patient, Way } from './patient.ts'
import { proxyHeaders } from './proxy-headers.ts'
import { reach } from './reach.ts'
import { saving } from './saving.ts'
import { trial } from './trial.ts'

/**
 * Looks at a whole deployment, one thing after the other. What rests on something that was found broken is passed over:
 * one fault, one finding.
 */
export async function* examine(patient: Patient): AsyncGenerator<Finding> {
  const { public: publicUrl, callback } = patient.deployment
  const ways = waysOf(patient)
  const { fault, tokenLength } = await trial(patient)
  if (fault) yield fault
  const certificates = certificatesOf(patient)
  for (const url of [publicUrl, callback]) yield* await certificates.look(url)

  const pages = await reach(patient, ways.pages)
  yield pages.finding
  const calls = await reach(patient, ways.calls)
  // One address is one finding, unless the proxy leads only one of the two paths here.
  const isSame = publicUrl === callback && pages.finding.result === calls.finding.result
  if (!isSame) yield calls.finding

  yield* aboutPages(patient, pages.way)
  yield* aboutCalls(patient, calls.way, { certificates, tokenLength })
  if (publicUrl !== callback) yield* await bodies(patient, pages.way)
  for (const client of patient.deployment.clients) {
    yield* await certificates.look(client.url)
    if (certificates.isBad(client.url))
      yield verdictOn(client.name).untested('Not looked at, because of its certificate.')
    else
      yield* aboutClient(patient, await meet(patient, client), {
        pages: pages.way,
        calls: calls.way,
        certificates,
        tokenLength,
      })
  }
}

function waysOf({ deployment, secret }: Patient): { readonly pages: Way; readonly calls: Way } {
  const { public: publicUrl, callback } = deployment
  const isOwn = callback !== publicUrl
  return {
    pages: {
      name: 'public URL',
      flag: '--public-url',
      address: publicUrl,
      shown: publicUrl,
      url: `${publicUrl}/api/doctor/${secret}`,
    },
    calls: {
      name: isOwn ? 'callback URL' : 'public URL',
      flag: isOwn ? '--callback-url' : '--public-url',
      address: callback,
      shown: isOwn ? callback : `${callback}/wopi`,
      url: `${callback}/wopi/doctor/${secret}`,
    },
  }
}

async function* aboutPages(patient: Patient, way: Way): AsyncGenerator<Finding> {
  if (!way.echo) return
  yield* proxyHeaders(way)
  yield* await heldAnswers(patient, way)
  const clock = clockFinding({ name: way.address, isSigner: false }, way.answer?.header('Date'), patient.now())
  if (clock) yield clock
}

/** What was found out before. A token without length: no file can be made. */
interface Known {
  readonly certificates: Certificates
  readonly tokenLength: number
}

async function* aboutCalls(patient: Patient, way: Way, { certificates, tokenLength }: Known): AsyncGenerator<Finding> {
  const { untested } = verdictOn('saving')
  const requests = await keptRequests(patient, way)
  yield* requests
  yield* await longAddresses(patient, way, tokenLength)
  yield* await bodies(patient, way)
  if (!way.echo) yield untested('Not tried, as the host is not reached.')
  else if (tokenLength === 0) yield untested('Not tried, as no file can be made.')
  else if (certificates.isBad(way.address)) yield untested('Not tried, because of the certificate.')
  else if (requests.some(({ result }) => result === 'problem'))
    yield untested('Not tried, as requests do not arrive as they are sent.')
  else yield* await saving(patient, way)
}

/** What a client has to do with besides itself. */
interface Around extends Known {
  readonly pages: Way
  readonly calls: Way
}

async function* aboutClient(
  patient: Patient,
  met: Met,
  { pages, calls, certificates, tokenLength }: Around,
): AsyncGenerator<Finding> {
  const { client, discovery, findings } = met
  yield* findings
  if (!discovery || findings.some(({ result, about }) => result === 'problem' && about === client.name)) return
  yield* await clientView(patient, met, calls)
  const address = addressIn(discovery)
  if (address !== undefined) yield* await certificates.look(address)
  if (tokenLength === 0 || (address !== undefined && certificates.isBad(address))) return
  const page = await openInClient(patient, client, discovery)
  if (typeof page === 'string') {
    yield verdictOn(client.name).problem(
      `Browsers are sent to ${page}, and nothing answers there: correct the address that it gives for itself.`,
    )
  } else if (page) yield* aboutPage(patient, page, pages)
}

/** Where the client sends browsers. */
const addressIn = ({ zones }: Discovery): string | undefined =>
  zones[0]?.apps[0]?.actions[0]?.urlsrc.replace(/[<?].*$/s, '')

async function* aboutPage(patient: Patient, page: ClientPage, pages: Way): AsyncGenerator<Finding> {
  const { status } = page.answer
  if (status >= 400) {
    yield verdictOn(page.client.name).problem(
      `It answers with status ${status} when a document is opened, most often as it cannot reach the host at ${patient.deployment.callback}: see its log.`,
    )
    return
  }
  yield* await frames(patient, pages, page)
  if (page.client.profile === 'openwopi') yield* await officeSocket(patient, page)
}
