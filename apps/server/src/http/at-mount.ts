import type { IncomingMessage } from 'node:http'
import type { Site } from '../site.ts'
import { peerReader } from './peer.ts'

const forwarded = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-prefix', 'x-forwarded-for']

/**
 * Puts a WOPI request back into the form that its client gave it: with the path of the callback URL, which a proxy may
 * have cut off, and without what only a trusted proxy may say.
 */
export function atMount({ addresses, config }: Pick<Site, 'addresses' | 'config'>): (req: IncomingMessage) => void {
  const mount = new URL(addresses.callback).pathname.replace(/\/$/, '')
  const peerOf = peerReader(config.trustedProxies)
  const believes = config.trustedProxies.length > 0

  return (req) => {
    const url = req.url ?? ''
    const isWhole = url.startsWith(`${mount}/wopi`)
    if (!isWhole && !url.startsWith('/wopi')) return
    if (!isWhole) req.url = mount + url
    if (!believes) return
    const { isTrusted } = peerOf({ headers: { get: () => null }, remoteAddress: req.socket.remoteAddress })
    if (!isTrusted) for (const name of forwarded) delete req.headers[name]
  }
}
