import { once } from 'node:events'
import { isIP } from 'node:net'
import { connect, type DetailedPeerCertificate } from 'node:tls'
import { type Finding, verdictOn } from './finding.ts'

/** What a server shows to those who want to talk to it in private. */
interface Shown {
  readonly certificate: DetailedPeerCertificate
  /** Why it is not good. Absent: it is. */
  readonly fault?: string
}

const patience = 10_000
/** How long before its end a certificate should have been renewed, in milliseconds. */
const renewalTime = 14 * 86_400_000

/** Whether the certificate of an https address is good, and for how long. `undefined`: there is none to look at. */
export async function certificateFinding(
  url: string,
  { ca, now }: { readonly ca?: readonly string[] | undefined; readonly now: () => number },
): Promise<Finding | undefined> {
  const { hostname, port } = new URL(url)
  const shown = await show(hostname.replace(/^\[|\]$/g, ''), Number(port || 443), ca).catch(() => undefined)
  if (!shown) return undefined
  const { ok, warning, problem } = verdictOn('certificate')
  if (shown.fault !== undefined) return problem(faultText(hostname, shown.fault, shown.certificate))
  const until = Date.parse(shown.certificate.valid_to)
  if (until - now() > renewalTime) return ok(`The certificate of ${hostname} is good until ${day(until)}.`)
  return warning(
    `The certificate of ${hostname} runs out on ${day(until)}: renew it now, and see why that does not happen by itself.`,
  )
}

async function show(host: string, port: number, ca: readonly string[] | undefined): Promise<Shown> {
  const name = isIP(host) ? {} : { servername: host }
  const socket = connect({ host, port, rejectUnauthorized: false, ...name, ...(ca && { ca: [...ca] }) })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(patience) })
    const certificate = socket.getPeerCertificate(true)
    const { authorized, authorizationError } = socket
    return authorized ? { certificate } : { certificate, fault: faultCode(authorizationError) }
  } finally {
    socket.destroy()
  }
}

/** Node gives a code here, though its types say that it is an error. */
function faultCode(error: Error | string | null): string {
  if (error === null) return 'UNKNOWN'
  return typeof error === 'string' ? error : 'code' in error ? String(error.code) : error.message
}

function faultText(
  host: string,
  fault: string,
  { valid_to, valid_from, subjectaltname, issuer }: DetailedPeerCertificate,
): string {
  const authority = issuer?.O ?? issuer?.CN ?? 'unknown'
  switch (fault) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${host} ran out on ${day(Date.parse(valid_to))}: renew it.`
    case 'CERT_NOT_YET_VALID':
      return `The certificate of ${host} is good only from ${day(Date.parse(valid_from))} on: check the clocks, or use another until then.`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${host} is one for ${namesIn(subjectaltname)}: get one for ${host}, or use a name that it is for.`
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `The certificate of ${host} is signed by itself, so browsers and editors refuse it: get one from an authority such as Let's Encrypt.`
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `${host} sends its certificate without the one of the authority in between (${authority}): have the proxy send the whole chain, often called fullchain.pem.`
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return `The certificate of ${host} comes from an authority that this machine does not know (${authority}): have this machine and that of every editor know it (for this one: NODE_EXTRA_CA_CERTS=FILE).`
    default:
      return `The certificate of ${host} is not accepted (${fault}): get another one.`
  }
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10)
const namesIn = (names: string | undefined): string => (names ?? 'no name').replace(/(DNS|IP Address):/g, '')
