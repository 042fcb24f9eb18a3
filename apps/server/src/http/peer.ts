import { BlockList, isIP } from 'node:net'

/** What of a request tells who sent it, and to whom. */
export interface PeerRequest {
  readonly headers: { get(name: string): string | null }
  /** The address at the other end of the connection. */
  readonly remoteAddress: string | undefined
}

/** Who a request comes from, as far as it can be believed. */
export interface Peer {
  readonly address: string
  /** The Host header as the browser sent it, with its port. */
  readonly host: string
  /** Whether the browser's end of the way is encrypted, as a trusted proxy says. */
  readonly isHttps: boolean
  /** Whether the other end of the connection is a trusted proxy. */
  readonly isTrusted: boolean
  /** Whether that says that it passes on what someone else has sent. A program beside the proxy says no such thing. */
  readonly isForwarded: boolean
}

/** Reads who sent a request. `X-Forwarded-…` headers are believed only from `trustedProxies`: addresses or networks. */
export function peerReader(trustedProxies: readonly string[]): (request: PeerRequest) => Peer {
  const trusted = new BlockList()
  for (const proxy of trustedProxies) trust(trusted, proxy)
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, familyOf(address))

  return ({ headers, remoteAddress }) => {
    const direct = plain(remoteAddress ?? '')
    const host = headers.get('Host') ?? ''
    if (!isTrusted(direct)) return { address: direct, host, isHttps: false, isTrusted: false, isForwarded: false }
    // Each proxy appends whom it heard: the last that is not a proxy of ours is the one who really asks.
    const heard = listOf(headers.get('X-Forwarded-For')).map(plain)
    return {
      address: heard.findLast((address) => isIP(address) !== 0 && !isTrusted(address)) ?? direct,
      host: listOf(headers.get('X-Forwarded-Host')).at(-1) ?? host,
      isHttps: listOf(headers.get('X-Forwarded-Proto')).at(-1) === 'https',
      isTrusted: true,
      isForwarded: saysForwarded.some((name) => headers.get(name) !== null),
    }
  }
}

const saysForwarded = ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Forwarded', 'Via']

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** An IPv4 address that came in over an IPv6 socket is the IPv4 address. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

const listOf = (header: string | null): string[] =>
  (header ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

function trust(list: BlockList, proxy: string): void {
  const [address = '', bits] = proxy.split('/')
  if (bits === undefined) list.addAddress(address, familyOf(address))
  else list.addSubnet(address, Number(bits), familyOf(address))
}
