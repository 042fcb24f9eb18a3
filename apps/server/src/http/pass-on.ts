import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** A request that another server of the same database is to answer. */
export interface PassedOn {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  /** Besides those of the request. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Has another server answer. Bytes flow through, both ways. Whoever is cut off here is cut off there, and what has arrived
 * stays. Fails where that server does not answer.
 */
export function passOn(address: string, { req, res, headers: more }: PassedOn): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { ...req.headers, ...more }
    const there = request(address + req.url, { method: req.method, headers, agent: false }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      pipeline(answer, res).then(resolve, reject)
    })
    there.on('error', reject)
    res.on('close', () => there.destroy())
    pipeline(req, there).catch(() => there.destroy())
  })
}
