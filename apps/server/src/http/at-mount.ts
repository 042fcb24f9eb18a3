import type { IncomingMessage } from 'node:http'
import type { Site } from '../site.ts'
import { peerReader } from './peer.ts'

const forwarded = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-prefix', 'x-forwarded-for']

/**
 * Puts an address back into the form that this server goes by, where a proxy has it lie under a path. For WOPI that is the
 * form that the client called, with the path of the callback URL, and without what only a trusted proxy may say; for all
 * else the path of the public URL is cut off, if the proxy has not done so.
 */
export function atMount({ addresses, config }: Pick<Site, 'addresses' | 'config'>): (req: IncomingMessage) => void {
  const mount = pathOf(addresses.callback)
  const pages = pathOf(addresses.public)
  const peerOf = peerReader(config.trustedProxies)
  const believes = config.trustedProxies.length > 0

  function forWopi(req: IncomingMessage, url: string, isWhole: boolean): void {
    if (!isWhole) req.url = mount + url
    if (!believes) return
    const { isTrusted } = peerOf({ headers: { get: () => null }, remoteAddress: req.socket.remoteAddress })
    if (!isTrusted) for (const name of forwarded) delete req.headers[name]
  }

  return (req) => {
    const { url = '' } = req
    const isWhole = url.startsWith(`${mount}/wopi`)
    if (isWhole || url.startsWith('/wopi')) forWopi(req, url, isWhole)
    else if (pages !== '' && isUnder(pages, url)) req.url = url.slice(pages.length).replace(/^(?!\/)/, '/')
  }
}

/** Without a slash at its end; empty at the root. */
const pathOf = (address: string): string => new URL(address).pathname.replace(/\/$/, '')

const isUnder = (path: string, url: string): boolean => url.startsWith(path) && /^([/?]|$)/.test(url.slice(path.length))
