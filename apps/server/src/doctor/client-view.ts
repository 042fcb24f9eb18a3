import { z } from 'zod'
import { isLoopback } from '../addresses.ts'
import type { Met } from './clients.ts'
import { type Finding, verdictOn } from './finding.ts'
import { hostOf, originOf, type Patient, type Way } from './patient.ts'

const answered = z.object({ status: z.string() })

/** Whether a client reaches the host, as far as that can be told from here: Collabora says so when it is asked. */
export async function clientView(patient: Patient, { client }: Met, way: Way): Promise<Finding[]> {
  const { ok, warning, problem } = verdictOn('way back')
  const isHere = isLoopback(new URL(client.url).hostname)
  if (isLoopback(new URL(way.address).hostname) && !isHere) {
    return [
      problem(
        `${client.name} runs on another machine (${hostOf(client.url)}), where ${way.address} is that machine itself: give the host an address for it with --callback-url.`,
      ),
    ]
  }
  const status = await askCollabora(patient, client.url, way)
  if (status === undefined) return []
  if (status === 'Ok') return [ok(`${client.name} says that it reaches the host at ${way.address}.`)]
  if (!(status in sentences)) return [warning(`${client.name} says of ${way.address}: ${status}: see its log.`)]
  return [problem(`${client.name} cannot call the host at ${way.address}: ${sentences[status]}.`)]
}

/** What Collabora answers. `undefined`: it is none, or one that cannot be asked. */
async function askCollabora({ probe }: Patient, url: string, way: Way): Promise<string | undefined> {
  const origin = originOf(url)
  try {
    const { status, body } = await probe(`${origin}/hosting/capabilities`)
    if (status !== 200 || !/"hasWopiAccessCheck"\s*:\s*true/.test(body.toString())) return undefined
    const answer = await probe(`${origin}/hosting/wopiAccessCheck`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ callbackUrl: way.url }),
    })
    const found = answered.safeParse(JSON.parse(answer.body.toString()))
    return found.success ? found.data.status : undefined
  } catch {
    return undefined
  }
}

const untrusted = 'have its machine know the authority, or use a certificate that it knows'
const sentences: Readonly<Record<string, string>> = {
  NotHttpSuccess: 'it is answered there, but not by this host: check where the address leads from its machine',
  HostNotFound:
    'the name means nothing to its machine: enter it in the DNS that it uses, or give another address with --callback-url',
  WopiHostNotAllowed: 'the host is not on its list of those it may call: add it (aliasgroup1 in its container)',
  ConnectionAborted:
    'nothing takes the connection: see whether a firewall is in the way, or give another address with --callback-url',
  CertificateValidation: `it does not accept the certificate: ${untrusted}`,
  SelfSignedCertificate: `it does not accept a certificate that is signed by itself: ${untrusted}`,
  ExpiredCertificate: 'the certificate has run out: renew it',
  SslHandshakeFail: 'TLS does not come about: see the log of the proxy',
  MissingSsl: 'what listens there does not speak TLS: set it up, or write http in --callback-url',
  NotHttps: 'it wants https and the address has http: give an https address with --callback-url',
  NoScheme: 'it does not understand the address: write it out with --callback-url',
  Timeout: 'nobody answers in time: see whether a firewall is in the way, or give another address with --callback-url',
  UnspecifiedError: 'it does not say why: see its log',
}
