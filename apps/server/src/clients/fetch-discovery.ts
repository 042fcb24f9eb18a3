import { type Discovery, readDiscovery } from '@openwopi/protocol'

/** Real discovery documents have 100 to 200 KB; bytes. */
const longest = 5 * 1024 * 1024
const mostRedirects = 3

/** Why a discovery document could not be read. The message is a clause for the person who runs the server. */
class DiscoveryFailure extends Error {
  override readonly name = 'DiscoveryFailure'
}

/** A discovery document as it was read, and what it says. */
export interface Fetched {
  readonly xml: string
  readonly discovery: Discovery
}

/**
 * Reads the discovery document at `url` within `timeout` milliseconds, unless `closing` is aborted. Throws a
 * `DiscoveryFailure` for everything that is not a good one.
 */
export async function fetchDiscovery(url: string, timeout: number, closing?: AbortSignal): Promise<Fetched> {
  const signal = AbortSignal.timeout(timeout)
  try {
    const response = await get(new URL(url), closing ? AbortSignal.any([signal, closing]) : signal)
    const xml = await textOf(response)
    return { xml, discovery: parse(xml) }
  } catch (cause) {
    if (cause instanceof DiscoveryFailure) throw cause
    if (signal.aborted) throw new DiscoveryFailure(`it did not answer within ${timeout / 1000} seconds`, { cause })
    throw new DiscoveryFailure(`it cannot be reached (${reasonOf(cause)})`, { cause })
  }
}

/** What a discovery document says. Throws a `DiscoveryFailure` if it is none, or says nothing. */
export function parse(xml: string): Discovery {
  try {
    const discovery = readDiscovery(xml)
    if (discovery.zones.some((zone) => zone.apps.some((app) => app.actions.length > 0))) return discovery
  } catch (cause) {
    throw new DiscoveryFailure(`what it answers is not a discovery document (${reasonOf(cause)})`, { cause })
  }
  throw new DiscoveryFailure('its discovery document names nothing that it can open')
}

async function get(url: URL, signal: AbortSignal, redirects = 0): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', signal, headers: { Accept: 'text/xml, application/xml' } })
  const location = response.headers.get('Location')
  if (response.status >= 300 && response.status < 400 && location !== null) {
    await response.body?.cancel()
    return get(next(url, location, redirects), signal, redirects + 1)
  }
  if (response.status !== 200) throw await refused(response, `it answers with status ${response.status}`)
  if (/html/i.test(response.headers.get('Content-Type') ?? '')) {
    throw await refused(response, 'it answers with a web page instead of a discovery document; check the address')
  }
  return response
}

/** Discovery is what proof keys are believed from, so it must not lead to another machine or off an encrypted way. */
function next(from: URL, location: string, redirects: number): URL {
  const to = URL.canParse(location, from) ? new URL(location, from) : undefined
  const isAllowed = to?.origin === from.origin || (to?.protocol === 'https:' && to.hostname === from.hostname)
  if (!to || !isAllowed)
    throw new DiscoveryFailure(
      `it redirects to another place${to ? ` (${to.origin})` : ''}; give that address if it is right`,
    )
  if (redirects >= mostRedirects) throw new DiscoveryFailure('it redirects without end')
  return to
}

async function refused(response: Response, message: string): Promise<DiscoveryFailure> {
  await response.body?.cancel()
  return new DiscoveryFailure(message)
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > longest) throw new DiscoveryFailure(`its discovery document is longer than ${longest / 1024 / 1024} MB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return 'code' in error && typeof error.code === 'string' && error.message === '' ? error.code : error.message
}
