import { type ProofHeaders, type SigningKeys, signProof } from '@openwopi/protocol/proof'
import { type Answer, readAnswer, wordsOf } from './answer.ts'

/** A request as a check sends it. */
export interface Sent {
  readonly method: 'GET' | 'POST'
  /** The address without a query. */
  readonly url: string
  /** What stands behind the `?`. */
  readonly query: string
  /** The token that is signed. */
  readonly token: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string | ReadableStream<Uint8Array> | null | undefined
  /** Changes how a request is signed; it is not asked when there is no key. */
  readonly resign?: Resign | undefined
}

/** Makes other proof headers: `sign` signs the request with keys, or with another token or time, as told. */
export type Resign = (sign: (change?: Partial<Signing>) => ProofHeaders) => Readonly<Record<string, string>>

interface Signing {
  readonly keys: SigningKeys
  readonly token: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** One request and what came of it, without the token. */
export interface Exchange {
  readonly sent: string
  readonly came: string
}

/** How requests leave. */
export interface WireOptions {
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
  readonly keys?: SigningKeys | undefined
  /** Milliseconds that one request may take. */
  readonly timeout?: number | undefined
  readonly now?: (() => number) | undefined
}

/** Sends requests and remembers what came of them. */
export interface Wire {
  readonly keys: SigningKeys | undefined
  send(sent: Sent): Promise<Answer>
  /** The exchanges since it was last asked. */
  takeExchanges(): readonly Exchange[]
  /** From now on, no request outlives `signal`. */
  endWith(signal: AbortSignal): void
}

const mostExchanges = 40

/** Makes a wire. Nothing is redirected: no WOPI client has to follow where a host sends it. */
export function createWire({
  fetch = (url, init) => globalThis.fetch(url, init),
  keys,
  timeout = 30_000,
  now = Date.now,
}: WireOptions): Wire {
  let exchanges: Exchange[] = []
  let end: AbortSignal | undefined

  function proofOf({ token, resign }: Sent, url: string): Readonly<Record<string, string>> {
    if (!keys) return {}
    const sign = (change: Partial<Signing> = {}) => {
      const signing = { keys, token, now: now(), ...change }
      return signProof({ token: signing.token, url, now: signing.now }, signing.keys)
    }
    return resign ? resign(sign) : sign()
  }

  async function answered(sent: Sent): Promise<Answer> {
    const url = new URL(sent.query === '' ? sent.url : `${sent.url}?${sent.query}`).href
    const slow = AbortSignal.timeout(timeout)
    const init: RequestInit & { readonly duplex: 'half' } = {
      method: sent.method,
      headers: { ...sent.headers, ...proofOf(sent, url) },
      body: (sent.body ?? null) as BodyInit | null,
      redirect: sent.body instanceof ReadableStream ? 'error' : 'manual',
      cache: 'no-store',
      duplex: 'half',
      signal: end ? AbortSignal.any([slow, end]) : slow,
    }
    return readAnswer(await fetch(url, init))
  }

  return {
    keys,
    async send(sent) {
      let came = 'no answer'
      try {
        const answer = await answered(sent)
        came = wordsOf(answer)
        return answer
      } finally {
        if (exchanges.length < mostExchanges) exchanges.push({ sent: lineOf(sent), came })
      }
    },
    takeExchanges() {
      const taken = exchanges
      exchanges = []
      return taken
    },
    endWith(signal) {
      end = signal
    },
  }
}

const told = /^x-wopi-(?!proof|timestamp)|^range$/i
const longestLine = 400

/** `POST /wopi/files/1 X-WOPI-Override: LOCK`: what tells one request from another. */
function lineOf({ method, url, headers }: Sent): string {
  const rest = Object.entries(headers).filter(([name]) => told.test(name))
  const line = [`${method} ${new URL(url).pathname}`, ...rest.map(([name, value]) => `${name}: ${value}`)].join(' · ')
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line
}
