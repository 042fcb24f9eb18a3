import { type ProofHeaders, type SigningKeys, signProof } from '@openwopi/protocol/proof'
import { type Answer, readAnswer } from './answer.ts'
import { type Exchange, exchangeOf } from './exchange.ts'
import { patiently } from './patience.ts'

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
  /** From now on, requests may take so many milliseconds in all, default 60,000, and none outlives `signal`. */
  allow(milliseconds?: number, signal?: AbortSignal): void
  /** Waits for `work`, which takes nothing from what requests are allowed. */
  paused(work: () => Promise<void>): Promise<void>
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
  let renew = () => {}

  function proofOf({ token, resign }: Sent, url: string): Readonly<Record<string, string>> {
    if (!keys) return {}
    const sign = (change: Partial<Signing> = {}) => {
      const signing = { keys, token, now: now(), ...change }
      return signProof({ token: signing.token, url, now: signing.now }, signing.keys)
    }
    return resign ? resign(sign) : sign()
  }

  async function answered(sent: Sent, signal: AbortSignal): Promise<Answer> {
    const url = new URL(sent.query === '' ? sent.url : `${sent.url}?${sent.query}`).href
    const init: RequestInit & { readonly duplex: 'half' } = {
      method: sent.method,
      headers: { ...sent.headers, ...proofOf(sent, url) },
      body: (sent.body ?? null) as BodyInit | null,
      redirect: sent.body instanceof ReadableStream ? 'error' : 'manual',
      cache: 'no-store',
      duplex: 'half',
      signal,
    }
    return readAnswer(await fetch(url, init))
  }

  return {
    keys,
    async send(sent) {
      let answer: Answer | undefined
      try {
        answer = await patiently({ milliseconds: timeout, end }, (signal) => answered(sent, signal))
        return answer
      } finally {
        exchanges = [...exchanges, exchangeOf(sent, answer)].slice(-mostExchanges)
      }
    },
    takeExchanges() {
      const taken = exchanges
      exchanges = []
      return taken
    },
    allow(milliseconds = 60_000, signal = undefined) {
      renew = () => {
        const spent = AbortSignal.timeout(milliseconds)
        end = signal ? AbortSignal.any([signal, spent]) : spent
      }
      renew()
    },
    async paused(work) {
      await work()
      renew()
    },
  }
}
