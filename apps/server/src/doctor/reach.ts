import { type Finding, verdictOn } from './finding.ts'
import { echoIn, hostOf, originOf, type Patient, type Way } from './patient.ts'
import { failureCode, type Probed } from './probe.ts'

/** A way to the host, and what was found on it. */
export interface Reached {
  readonly way: Way
  readonly finding: Finding
}

/** Whether an address leads to this very host, with paths as they are sent. */
export async function reach(patient: Patient, way: Way): Promise<Reached> {
  const { ok, problem } = verdictOn(way.name)
  try {
    const answer = await patient.probe(way.url)
    const echo = echoIn(answer)
    if (!echo) return { way, finding: problem(notUs(patient, way, answer)) }
    const changed = pathChange(way, echo.before)
    if (changed !== undefined) return { way, finding: problem(changed) }
    return { way: { ...way, echo, answer }, finding: ok(`${way.address} leads to this host.`) }
  } catch (error) {
    return { way, finding: problem(failed(way, failureCode(error))) }
  }
}

/** The path of the callback URL may be cut off on the way, or come along. */
function pathChange({ url, address, flag }: Way, before: string): string | undefined {
  const sent = new URL(url).pathname.replace(/\/doctor\/.*$/, '')
  const cut = sent.slice(new URL(address).pathname.replace(/\/$/, '').length)
  if (before === sent || before === cut) return undefined
  const wanted = before.endsWith(cut) ? before.slice(0, -cut.length) : undefined
  const other = flag === '--callback-url' && wanted ? `, or give ${flag} ${originOf(url)}${wanted}` : ''
  return `The proxy passes ${sent} on as ${before || '/'}: have it leave paths as they are${other}.`
}

function failed({ address, flag }: Way, code: string): string {
  const origin = originOf(address)
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name ${hostOf(address)} means nothing to this machine: enter it in DNS, or correct ${flag}.`
    case 'ECONNREFUSED':
      return `Nothing listens at ${origin}: start the proxy that should, or correct ${flag}.`
    case 'TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${origin} does not answer from this machine: see whether a firewall is in the way, or correct ${flag}.`
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `What listens at ${origin} does not speak TLS: set it up there, or write http in ${flag}.`
    default:
      return `The connection to ${origin} breaks off (${code}): see the log of what listens there, or correct ${flag}.`
  }
}

function notUs({ deployment }: Patient, { address, shown, flag }: Way, { status, header }: Probed): string {
  const location = header('Location')
  if (status >= 300 && status < 400 && location !== undefined) {
    const to = URL.canParse(location, address) ? originOf(new URL(location, address).href) : location
    return `${shown} redirects to ${to}: give the address that people end up at, with ${flag}.`
  }
  if (status === 401 || status === 403 || status === 407) {
    return `Something in front of the host refuses requests at ${shown} (status ${status}): let /wopi and /api through, as editors can answer no sign-in but the host's own.`
  }
  if (status >= 502 && status <= 504) {
    return `The proxy at ${shown} does not reach this host (status ${status}): lead it to ${deployment.local}.`
  }
  return `Another server than this host answers at ${shown} (status ${status}): lead the proxy there to ${deployment.local}, or correct ${flag}.`
}
