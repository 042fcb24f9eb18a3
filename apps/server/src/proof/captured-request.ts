import { readTicks } from '@openwopi/protocol/proof'

/** A signed request as somebody has written it down. */
export interface CapturedRequest {
  readonly url: string
  /** In the spellings that the client may have signed. */
  readonly tokens: readonly string[]
  readonly proof: string
  readonly proofOld: string
  readonly timestamp: bigint
  /** What it was called on its way. */
  readonly hosts: readonly string[]
  readonly prefixes: readonly string[]
}

type Captured = Partial<CapturedRequest> & Pick<CapturedRequest, 'url' | 'hosts' | 'prefixes'>

/**
 * Reads the first line and the headers of a request, also where a program has put `> ` before each line. What it does not
 * say is absent. `undefined`: it is no request.
 */
export function readCapturedRequest(text: string): Captured | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^> ?/, ''))
  const start = lines.findIndex((line) => /^[A-Z]+ \S+( HTTP\/[\d.]+)?$/.test(line))
  const target = lines[start]?.split(' ')[1]
  if (target === undefined) return undefined
  const headers = headersIn(lines.slice(start + 1))
  const last = (name: string) => headers.get(name)?.split(',').at(-1)?.trim()
  const hosts = [last('x-forwarded-host'), last('host')].filter((host) => host !== undefined)
  const scheme = last('x-forwarded-proto') === 'https' ? 'https' : 'http'
  const proof = headers.get('x-wopi-proof')
  const timestamp = readTicks(headers.get('x-wopi-timestamp') ?? '')
  const token = /^Bearer:?\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  return {
    url: /^https?:/i.test(target) ? target : `${scheme}://${hosts[0] ?? 'localhost'}${target}`,
    hosts,
    prefixes: [last('x-forwarded-prefix')].filter((prefix) => prefix !== undefined),
    proofOld: headers.get('x-wopi-proofold') ?? '',
    ...(proof !== undefined && { proof }),
    ...(timestamp !== undefined && { timestamp }),
    ...(token !== undefined && { tokens: [token] }),
  }
}

/** By name in lower case, up to the empty line. */
function headersIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const end = lines.indexOf('')
  const pairs = lines.slice(0, end < 0 ? undefined : end).map((line) => /^([^:\s]+):\s*(.*)$/.exec(line))
  return new Map(pairs.flatMap((pair) => (pair ? [[(pair[1] ?? '').toLowerCase(), (pair[2] ?? '').trim()]] : [])))
}
