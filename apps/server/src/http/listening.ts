import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type SilentConnections, silentConnections } from './silent-connections.ts'

type Listener = (req: IncomingMessage, res: ServerResponse) => void

/** A server that can be connected to before it is known how it will answer: its address is part of the answers. */
export interface WaitingServer {
  readonly server: Server
  /** Answers the requests that wait, and all that come. */
  answerWith(listener: Listener): void
  /**
   * Resolves when the requests that are under way now are answered, or are cut off after `patience` milliseconds. What comes
   * meanwhile is still answered; then no more connections are taken.
   */
  drain(patience: number): Promise<void>
}

export function waitingServer(idle: number): WaitingServer {
  const waiting: Parameters<Listener>[] = []
  let answer: Listener = (...request) => void waiting.push(request)
  const server = createServer((req, res) => answer(req, res))
  const silent = silentConnections(server)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))))
  const answering = dropIdle(server, idle)
  return {
    server,
    answerWith(listener) {
      answer = listener
      for (const request of waiting.splice(0)) listener(...request)
    },
    async drain(patience) {
      if (!server.listening) return
      const end = performance.now() + patience
      await finished(
        [...sockets].map((socket) => answering.get(socket)?.res),
        patience,
      )
      await closed(server, silent, Math.max(0, end - performance.now()))
    },
  }
}

/** Makes `server` listen and returns its port. Throws the error of the system if the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens, but on no port')
  return address.port
}

/** Listens on the port of the last time if that is free, else on any. */
export async function listenAgain(server: Server, lastPort: number, host: string): Promise<number> {
  try {
    return await listen(server, lastPort, host)
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (lastPort === 0 || !isTaken) throw error
    return listen(server, 0, host)
  }
}

/** Resolves when all of these are answered or given up, or after `patience` milliseconds. */
async function finished(answers: readonly (ServerResponse | undefined)[], patience: number): Promise<void> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), patience)
  const underWay = answers.filter((res) => res !== undefined).filter((res) => !res.writableFinished && !res.destroyed)
  await Promise.allSettled(underWay.map((res) => once(res, 'close', { signal: late.signal })))
  clearTimeout(timer)
}

async function closed(server: Server, silent: SilentConnections, patience: number): Promise<void> {
  const end = once(server, 'close')
  server.close()
  const closing = setInterval(() => {
    // A connection that has had its answer is idle, and would wait for the next request.
    server.closeIdleConnections()
    silent.close()
  }, 20)
  const timer = setTimeout(() => server.closeAllConnections(), patience)
  await end
  clearInterval(closing)
  clearTimeout(timer)
}

/** The last request of each connection. */
type Answering = WeakMap<Socket, { readonly req: IncomingMessage; readonly res: ServerResponse }>

/**
 * Drops connections on which a client has stopped in the middle of a request or of an answer for `idle` milliseconds. A
 * client whose request has arrived may wait as long as the answer takes. Uploads as such may take any time.
 */
function dropIdle(server: Server, idle: number): Answering {
  const answering: Answering = new WeakMap()
  server.headersTimeout = Math.min(idle, 30_000)
  server.requestTimeout = 0
  server.keepAliveTimeout = 10_000
  server.on('request', (req, res) => answering.set(req.socket, { req, res }))
  server.setTimeout(idle, (socket) => {
    const { req, res } = answering.get(socket) ?? {}
    const isWorking = req?.complete === true && res?.headersSent === false
    if (!isWorking) socket.destroy()
  })
  return answering
}
