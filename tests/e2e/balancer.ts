import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** A balancer that knows nothing of sessions: each request goes to the next server. */
export interface Balancer {
  readonly url: string
  /** Where requests go from now on: origins. Sockets to others are cut. */
  balance(origins: readonly string[]): void
  close(): Promise<void>
}

/** Starts one, which has nowhere to send requests to yet. */
export async function startBalancer(): Promise<Balancer> {
  let targets: readonly string[] = []
  let turn = 0
  const sockets = new Map<Duplex, string>()
  /** All of them, the next one first. */
  const order = () => {
    turn++
    return targets.map((_, index) => targets[(turn + index) % targets.length] ?? '')
  }
  const server: Server = createServer((incoming, answer) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', () => send(incoming, Buffer.concat(chunks), { answer, origins: order() }))
  })
  server.on('upgrade', (incoming, socket, head) => join(incoming, socket, { head, origins: order(), sockets }))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    balance(origins) {
      targets = origins
      for (const [socket, origin] of sockets) if (!origins.includes(origin)) socket.destroy()
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** A server that is not there gets no request: the next one does. */
function send(
  incoming: IncomingMessage,
  body: Buffer,
  { answer, origins: [origin, ...others] }: { answer: ServerResponse; origins: readonly string[] },
): void {
  if (origin === undefined) return void answer.writeHead(502).end()
  const { method, url, headers } = incoming
  const there = request(origin + url, { method, headers, agent: false }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.rawHeaders)
    response.pipe(answer)
    response.on('error', () => answer.destroy())
  })
  answer.on('close', () => there.destroy())
  there.on('error', () => {
    if (answer.headersSent || answer.destroyed) answer.destroy()
    else send(incoming, body, { answer, origins: others })
  })
  there.end(body)
}

interface Joining {
  readonly head: Buffer
  readonly origins: readonly string[]
  /** Where each socket that is joined goes. */
  readonly sockets: Map<Duplex, string>
}

function join(
  incoming: IncomingMessage,
  socket: Duplex,
  { head, origins: [origin, ...others], sockets }: Joining,
): void {
  if (origin === undefined) return void socket.destroy()
  const there = request(origin + incoming.url, { headers: incoming.headers, agent: false })
  there.on('error', () => join(incoming, socket, { head, origins: others, sockets }))
  there.on('response', () => socket.destroy())
  there.on('upgrade', (answer, upstream, first) => {
    const lines = ['HTTP/1.1 101 Switching Protocols']
    for (let at = 0; at < answer.rawHeaders.length; at += 2)
      lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`)
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    socket.write(first)
    sockets.set(socket, origin)
    socket.on('close', () => sockets.delete(socket))
    upstream.write(head)
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  there.end()
}
