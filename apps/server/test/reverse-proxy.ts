import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a proxy does besides passing on. */
export interface ProxyManners {
  /** The path that it serves the host under. Cut off on the way, unless `keepsPrefix`. */
  readonly prefix?: string
  readonly keepsPrefix?: boolean
  /** As the host is called; absent: as the browser did. */
  readonly host?: string
  /** Headers that it adds to requests. */
  readonly adds?: Readonly<Record<string, string>>
  /** Headers that it drops from requests, in lower case. */
  readonly drops?: readonly string[]
  /** Whether it drops headers without a value. */
  readonly dropsEmpty?: boolean
  /** The most bytes of a body that it lets through. */
  readonly mostBytes?: number
  /** The most characters of an address that it lets through. */
  readonly longestUrl?: number
  readonly rewrites?: (url: string) => string
  /** Sends answers on only when they are whole. */
  readonly buffers?: boolean
  /** Headers that it adds to answers. */
  readonly answersWith?: Readonly<Record<string, string>>
  /** Headers that it drops from answers, in lower case. */
  readonly dropsFromAnswers?: readonly string[]
  /** Answers itself, and passes nothing on. */
  readonly answers?: (req: IncomingMessage, res: ServerResponse) => void
  readonly dropsUpgrade?: boolean
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** A reverse proxy on a socket of its own, in front of whatever it is led to. It ends with the test. */
export interface ReverseProxy {
  readonly origin: string
  readonly port: number
  leadTo(upstream: string): void
  behave(manners: ProxyManners): void
}

export async function reverseProxy(first: ProxyManners = {}): Promise<ReverseProxy> {
  let manners = first
  let upstream = new URL('http://127.0.0.1:1')
  const listener = (req: IncomingMessage, res: ServerResponse) => pass(req, res, { ...manners, upstream })
  const server: Server = first.tls ? createTlsServer(first.tls, listener) : createServer(listener)
  server.on('upgrade', (req, socket: Socket, head: Buffer) => {
    if (manners.dropsUpgrade) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
      return
    }
    const behind = connect(Number(upstream.port), upstream.hostname, () => {
      behind.write(`${req.method} ${req.url} HTTP/1.1\r\n${rawHeaders(req)}\r\n`)
      behind.write(head)
      behind.pipe(socket).pipe(behind)
    })
    for (const one of [behind, socket]) one.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  const { port } = server.address() as AddressInfo
  return {
    origin: `${first.tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}`,
    port,
    leadTo: (url) => {
      upstream = new URL(url)
    },
    behave: (next) => {
      manners = { ...next, ...(first.tls && { tls: first.tls }) }
    },
  }
}

const rawHeaders = ({ rawHeaders: raw }: IncomingMessage): string =>
  Array.from({ length: raw.length / 2 }, (_, i) => `${raw[2 * i]}: ${raw[2 * i + 1]}\r\n`).join('')

function pass(req: IncomingMessage, res: ServerResponse, manners: ProxyManners & { readonly upstream: URL }): void {
  const {
    upstream,
    prefix = '',
    keepsPrefix,
    answers,
    mostBytes = Number.POSITIVE_INFINITY,
    longestUrl = 64_000,
  } = manners
  const url = req.url ?? '/'
  if (answers) {
    answers(req, res)
    return
  }
  if (url.length > longestUrl) {
    refuse(req, res, 414)
    return
  }
  if (!url.startsWith(prefix)) {
    refuse(req, res, 404)
    return
  }
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) {
    refuse(req, res, 413)
    return
  }
  const path = keepsPrefix ? url : url.slice(prefix.length) || '/'
  const behind = request(
    {
      host: upstream.hostname,
      port: upstream.port,
      method: req.method,
      path: manners.rewrites?.(path) ?? path,
      headers: headersOf(req.headers, manners),
    },
    (answer) => {
      const headers = headersBack(answer.headers, manners)
      if (!manners.buffers) {
        answer.pipe(res.writeHead(answer.statusCode ?? 502, headers))
        return
      }
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => res.writeHead(answer.statusCode ?? 502, headers).end(Buffer.concat(chunks)))
    },
  )
  behind.on('error', () => (res.headersSent ? res.destroy() : refuse(req, res, 502)))
  res.on('close', () => behind.destroy())
  req.pipe(behind)
}

function headersOf(
  given: IncomingHttpHeaders,
  { host, adds, drops = [], dropsEmpty }: ProxyManners,
): IncomingHttpHeaders {
  const kept = Object.entries(given).filter(([name, value]) => !drops.includes(name) && !(dropsEmpty && value === ''))
  return { ...Object.fromEntries(kept), ...(host !== undefined && { host }), ...adds }
}

function headersBack(
  given: IncomingHttpHeaders,
  { answersWith = {}, dropsFromAnswers = [] }: ProxyManners,
): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = { ...given }
  for (const [name, value] of Object.entries(answersWith)) headers[name.toLowerCase()] = value
  for (const name of dropsFromAnswers) delete headers[name]
  return headers
}

/** As real ones do: the answer at once, and the rest of the request is thrown away. */
function refuse(req: IncomingMessage, res: ServerResponse, status: number): void {
  res.writeHead(status, { 'Content-Type': 'text/html', Connection: 'close' }).end(`<h1>${status}</h1>`)
  req.resume()
}
