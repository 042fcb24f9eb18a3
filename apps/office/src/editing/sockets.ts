import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Hocuspocus } from '@hocuspocus/server'
import { WebSocketServer } from 'ws'
import type { Nodes } from '../nodes/answered-there.ts'
import { passHeader } from '../nodes/node-pass.ts'
import type { Tickets } from '../tickets.ts'
import type { SocketContext } from './collaboration.ts'

/** The protocol that pages ask for. The ticket comes beside it: an address would end up in logs. */
const socketProtocol = 'openwopi'
const ticketPrefix = 'ticket.'

/** The most bytes of one message: a document of the largest size, put there as a whole. */
const longestMessage = 64 * 1024 * 1024

export interface Sockets {
  attach(server: Server): void
  close(): void
}

/** Takes the sockets of this client's own pages, and of nobody else. */
export function sockets(
  hocuspocus: Hocuspocus,
  tickets: Tickets,
  { url, nodes }: { readonly url: string; readonly nodes: Nodes },
): Sockets {
  const { origin, pathname } = new URL(url)
  const path = `${pathname.replace(/\/$/, '')}/socket`
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: longestMessage,
    handleProtocols: () => socketProtocol,
  })

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    const ticketId = ticketOf(request)
    const ticket = request.headers.origin === origin && ticketId !== undefined && (await tickets.find(ticketId))
    if (!ticket) return refuse(socket)
    const home = isPassedOn(request, ticketId) ? undefined : await nodes.sessions.elsewhere(ticket.wopiSrc)
    if (home) return nodes.on.socket(home, { request, socket, head, ticketId })
    server.handleUpgrade(request, socket, head, (webSocket) => {
      // A frame that is too long or malformed ends the socket, which hocuspocus sees; unheard, it would end the process.
      webSocket.on('error', () => {})
      const closed = new Promise<number>((resolve) => webSocket.once('close', resolve))
      const context: SocketContext = { ticketId, closed }
      hocuspocus.handleConnection(webSocket, request, context)
    })
  }

  function isPassedOn({ url: asked = '', headers }: IncomingMessage, ticketId: string): boolean {
    const given = headers[passHeader]
    const passed = { to: nodes.node, method: 'GET', path: asked, ticketId }
    return nodes.pass.isGood(typeof given === 'string' ? given : undefined, passed)
  }

  return {
    attach(http) {
      http.on('upgrade', (request, socket, head) => {
        if (request.url?.split('?')[0] !== path) return refuse(socket)
        upgrade(request, socket, head).catch(() => socket.destroy())
      })
    },
    close() {
      // 1012: the service restarts. Pages come back by themselves.
      for (const client of server.clients) client.close(1012)
      server.close()
    },
  }
}

const ticketOf = ({ headers }: IncomingMessage): string | undefined =>
  headers['sec-websocket-protocol']
    ?.split(',')
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(ticketPrefix))
    ?.slice(ticketPrefix.length)

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}
