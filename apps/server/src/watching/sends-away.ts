import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Answers a server gives while it ends: what is under way is finished, and what comes new is to be sent again, when a
 * balancer will have found another server for it, or this one will have been started again.
 */
export function sendsAway(req: IncomingMessage, res: ServerResponse): void {
  res
    .writeHead(503, { 'Retry-After': '2', Connection: 'close', 'Content-Type': 'text/plain; charset=utf-8' })
    .end('This server is being stopped. Try again in a moment.\n')
  req.resume()
}
