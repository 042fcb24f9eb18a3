import { request as ask, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Home } from '../editing/homes.ts'
import { type NodePass, passHeader } from './node-pass.ts'
import type { Underway } from './underway.ts'

/** A request as it came to this node. */
export interface Arrived {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Headers
  readonly body?: ArrayBuffer
  readonly ticketId: string
  readonly signal: AbortSignal
}

/** Passes requests and sockets on to the node on which a document's session lives. */
export interface PassingOn {
  /** Throws `NotPassed` where that node cannot be reached, or ends before it has answered. */
  request(home: Home, arrived: Arrived): Promise<Response>
  /** Joins a browser's socket with one to that node, byte for byte. */
  socket(home: Home, arrived: { request: IncomingMessage; socket: Duplex; head: Buffer; ticketId: string }): void
}

/** Thrown where another node has not answered. `isUnsent`: it cannot have done anything. */
export class NotPassed extends Error {
  readonly isUnsent: boolean

  constructor(cause: unknown) {
    super('the node on which this document lives does not answer', { cause })
    this.isUnsent = codesOf(cause).some((code) => unsent.has(code))
  }
}

const unsent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

/** Of the connection, not of the request: each hop has its own. */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  passHeader,
])

/** How long the other node has for taking a socket, in milliseconds. */
const takesWithin = 10_000

/** Passes on by HTTP, with a pass that no outsider can make. */
export function passingOn(pass: NodePass, underway: Underway): PassingOn {
  return {
    async request({ node, address }, { method, path, headers, body, ticketId, signal }) {
      const gone = new AbortController()
      const ended = underway.add(node, () => gone.abort(new Error('its lease has run out')))
      const sent = new Headers([...headers].filter(([name]) => !ofConnection.has(name)))
      sent.set(passHeader, pass.give({ to: node, method, path, ticketId }))
      try {
        const answer = await fetch(address + path, {
          method,
          headers: sent,
          redirect: 'manual',
          signal: AbortSignal.any([gone.signal, signal]),
          ...(body && body.byteLength > 0 && { body }),
        })
        const back = new Headers([...answer.headers].filter(([name]) => !ofConnection.has(name)))
        return new Response(answer.body, { status: answer.status, headers: back })
      } catch (cause) {
        throw new NotPassed(cause)
      } finally {
        ended()
      }
    },
    socket({ node, address }, { request, socket, head, ticketId }) {
      const path = request.url ?? '/'
      const { [passHeader]: _forged, host: _host, ...headers } = request.headers
      const there = ask(address + path, {
        headers: { ...headers, [passHeader]: pass.give({ to: node, method: 'GET', path, ticketId }) },
        timeout: takesWithin,
      })
      const cut = () => {
        there.destroy()
        socket.destroy()
      }
      const ended = underway.add(node, cut)
      socket.on('close', () => {
        ended()
        there.destroy()
      })
      there.on('error', cut)
      there.on('timeout', cut)
      there.on('response', cut)
      there.on('upgrade', (answer, upstream, first) => {
        socket.write(headOf(answer))
        socket.write(first)
        upstream.write(head)
        join(socket, upstream)
        join(upstream, socket)
      })
      there.end()
    },
  }
}

/** What comes from one goes to the other, and with the one the other ends. */
function join(from: Duplex, to: Duplex): void {
  from.pipe(to)
  from.on('error', () => to.destroy())
  from.on('close', () => to.destroy())
}

/** The answer by which the other node has taken the socket, as it gave it. */
function headOf({ rawHeaders }: IncomingMessage): string {
  const lines = ['HTTP/1.1 101 Switching Protocols']
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function codesOf(cause: unknown): string[] {
  if (!(cause instanceof Error)) return []
  const code: unknown = Reflect.get(cause, 'code')
  const inner = cause instanceof AggregateError ? cause.errors : [cause.cause]
  return [...(typeof code === 'string' ? [code] : []), ...inner.flatMap(codesOf)]
}
