import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Addresses } from '../addresses.ts'
import type { Config } from '../config.ts'
import { openPolicy } from '../http/content-policy.ts'
import { hostNames } from '../http/host-names.ts'
import { peerReader } from '../http/peer.ts'

/** What of a request came through, for the program on this machine that sent it around by the public address. */
export interface Echo {
  /** As it arrived, with its query. */
  readonly url: string
  /** What stands before the part that the request was recognised by: `/api`, or `/wopi`. */
  readonly before: string
  /** In lower case; of those that came twice, both with a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** The other end of the connection. */
  readonly from: string
  /** Whether that is a proxy whose headers are believed. */
  readonly isTrusted: boolean
  /** The name that the server goes by for this request. */
  readonly host: string
  /** Whether it answers people who call it so. */
  readonly isOurs: boolean
}

/**
 * Lets a program that can read the data folder find out what becomes of requests on their way to this server. Each
 * examination has a secret of its own, without which nothing is answered; it ends by itself.
 */
export interface Examinations {
  begin(): string
  isOpen(secret: string): boolean
  end(secret: string): void
  /** Lets the answers go on that have been begun and held back. */
  release(secret: string): void
  /** Answers a request of an examination. `false`: it is none, and not answered. */
  answer(req: IncomingMessage, res: ServerResponse): boolean
}

interface Examination {
  readonly until: number
  readonly released: AbortController
}

/** Milliseconds. */
const lasts = 10 * 60_000
const holdsBackFor = 10_000
const atOnce = 8

/** `config` and `addresses` are those of the server. */
export function createExaminations(
  config: Pick<Config, 'host' | 'trustedProxies'>,
  addresses: Addresses,
  now: () => number,
): Examinations {
  const open = new Map<string, Examination>()
  const peerOf = peerReader(config.trustedProxies)
  const isOurs = hostNames(config.host, addresses)

  function echoOf(req: IncomingMessage, before: string): Echo {
    const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]))
    const peer = peerOf({
      headers: { get: (name) => headers[name.toLowerCase()] ?? null },
      remoteAddress: req.socket.remoteAddress,
    })
    const from = (req.socket.remoteAddress ?? '').replace(/^::ffff:/i, '')
    return {
      url: req.url ?? '',
      before,
      headers,
      from,
      isTrusted: peer.isTrusted,
      host: peer.host,
      isOurs: isOurs(peer.host),
    }
  }

  function examinationOf(secret: string): Examination | undefined {
    const found = open.get(secret)
    if (found && found.until > now()) return found
    open.delete(secret)
    return undefined
  }

  return {
    begin() {
      const [oldest] = open.keys()
      if (open.size >= atOnce && oldest !== undefined) open.delete(oldest)
      const secret = randomBytes(32).toString('base64url')
      open.set(secret, { until: now() + lasts, released: new AbortController() })
      return secret
    },
    isOpen: (secret) => examinationOf(secret) !== undefined,
    end: (secret) => void open.delete(secret),
    release: (secret) => open.get(secret)?.released.abort(),
    answer(req, res) {
      if (open.size === 0) return false
      const [, before = '', secret = '', what = ''] = shape.exec(req.url ?? '') ?? []
      const examination = examinationOf(secret)
      if (!examination) return false
      const answer = answers.get(what) ?? sendEcho
      void answer(req, res, { echo: echoOf(req, before), examination }).catch(() => res.destroy())
      return true
    },
  }
}

/** Whatever a proxy puts before it, or cuts off: the secret is what counts. */
const shape = /^([^?]*)\/doctor\/([\w-]{43})(?:\/([\w-]+))?/

type Answer = (req: IncomingMessage, res: ServerResponse, about: About) => Promise<void>

interface About {
  readonly echo: Echo
  readonly examination: Examination
}

const plain = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

const sendEcho: Answer = async (req, res, { echo }) => {
  req.resume()
  // The empty header is one that WOPI answers have.
  res.writeHead(200, { ...plain, 'Content-Type': 'application/json', 'X-WOPI-Lock': '', 'X-WOPI-ItemVersion': '1' })
  res.end(JSON.stringify(echo))
}

const answers: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  [
    'body',
    async (req, res) => {
      let bytes = 0
      for await (const chunk of req) bytes += chunk.length
      res.writeHead(200, { ...plain, 'Content-Type': 'application/json' }).end(JSON.stringify({ bytes }))
    },
  ],
  [
    'held',
    async (req, res, { examination: { released } }) => {
      req.resume()
      res.writeHead(200, { ...plain, 'Content-Type': 'text/event-stream' }).write('data: first\n\n')
      const signal = AbortSignal.any([released.signal, AbortSignal.timeout(holdsBackFor)])
      if (!signal.aborted) await once(signal, 'abort')
      res.end('data: last\n\n')
    },
  ],
  [
    'page',
    async (req, res) => {
      req.resume()
      const asked = new URL(req.url ?? '/', 'http://localhost').searchParams.get('frames') ?? ''
      const origin = URL.canParse(asked) ? new URL(asked).origin : 'https://example.invalid'
      const policy = openPolicy('AAAAAAAAAAAAAAAAAAAAAA==', origin, undefined)
      res
        .writeHead(200, { ...plain, 'Content-Type': 'text/html', 'Content-Security-Policy': policy })
        .end('<!doctype html>')
    },
  ],
])
