import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Content } from '@openwopi/protocol'
import type { HostAnswer } from '../answer.ts'
import type { Host } from '../host.ts'
import type { HostRequest } from '../request.ts'

/** Express keeps the address before its mounting point was taken off. */
type Incoming = IncomingMessage & { readonly originalUrl?: string }

/** How long a client whose upload is refused may go on sending before the connection is closed, in milliseconds. */
const patience = 10_000

/**
 * Serves a host on `node:http`, and so on Express, Connect and Fastify. Streams both ways with back-pressure; a refused
 * upload gets its answer rather than a broken connection. Mount it before anything that reads bodies.
 */
export const toNodeListener =
  ({ answer }: Pick<Host, 'answer'>) =>
  async (req: Incoming, res: ServerResponse): Promise<void> => {
    try {
      const { status, headers, body } = await answer(toRequest(req))
      if (body === null || typeof body === 'string') sendWhole(res, { status, headers, body: body ?? '' })
      else await pipeline(body instanceof Readable ? body : Readable.from(body), res.writeHead(status, headers))
      if (!req.complete) drain(req)
    } catch {
      // The client has gone, or the content broke off: only a broken connection tells it that the answer is not whole.
      res.destroy()
    }
  }

const toRequest = (req: Incoming): HostRequest => ({
  method: req.method ?? 'GET',
  url: req.originalUrl ?? req.url ?? '/',
  headers: {
    get(name) {
      const value = req.headers[name.toLowerCase()]
      return value === undefined ? null : typeof value === 'string' ? value : value.join(', ')
    },
  },
  body: req.method === 'GET' || req.method === 'HEAD' ? null : bodyOf(req),
})

/** Whoever stops reading refuses the upload; the answer still has to go out on the same connection. */
const bodyOf = (req: IncomingMessage): Content => ({
  [Symbol.asyncIterator]: () => req.iterator({ destroyOnReturn: false }),
})

function sendWhole(res: ServerResponse, { status, headers, body }: HostAnswer & { readonly body: string }): void {
  res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
}

/** Reads what is left of a refused upload, so that the client gets to read the answer; but not for ever. */
function drain(req: IncomingMessage): void {
  const timer = setTimeout(() => req.destroy(), patience)
  req.once('close', () => clearTimeout(timer))
  req.resume()
}
