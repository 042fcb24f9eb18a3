import type { Content, Message } from '@openwopi/protocol'
import { chunksOf, type Sendable, sizeOf } from './content.ts'
import { BadAnswer, unreachable, WopiUnreachable } from './failures.ts'
import { type Idle, watchIdle } from './idle.ts'
import { isFlowing, patience, type Source, toBody } from './request-body.ts'
import { requestUrl } from './request-url.ts'
import type { Timers } from './timers.ts'

/** A request before it is signed and sent. */
export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly token: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Sendable | string | null
  readonly signal?: AbortSignal | undefined
}

/** How requests leave: what signs them, what sends them, and how long they may stand still. */
export interface Wire {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly sign: (request: { url: string; token: string }) => Record<string, string> | Promise<Record<string, string>>
  readonly timers: Timers
  /** Milliseconds. */
  readonly idleTimeout: number
}

/** What came back. */
export interface Answer extends Message {
  readonly status: number
  /** Cuts off what still flows, in either direction. */
  cut(): void
}

const mostHops = 3
const isRedirect = (response: Response) =>
  response.type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(response.status)

/** Sends a request and gives its answer as soon as that begins; a GET is followed through redirects within its origin. */
export async function exchange(outgoing: Outgoing, wire: Wire): Promise<Answer> {
  let url = outgoing.url
  for (let hop = 0; hop <= mostHops; hop++) {
    const headers = { ...outgoing.headers, ...(await wire.sign({ url, token: outgoing.token })) }
    const idle = watchIdle(wire.timers, wire.idleTimeout, outgoing.signal)
    const response = await send({ ...outgoing, url, headers }, wire, idle)
    if (!isRedirect(response)) return toAnswer(response, url, idle)
    idle.cut()
    url = nextHop(outgoing, url, response.headers.get('Location'))
  }
  throw new BadAnswer(`the host redirects ${pathOf(outgoing.url)} more than ${mostHops} times`)
}

const pathOf = (url: string): string => new URL(url).pathname

/** Where a redirect leads. The token goes nowhere but to the origin it was made for, and a POST is never sent twice. */
function nextHop({ method, token }: Outgoing, url: string, location: string | null): string {
  const told = `the host redirects ${method} ${pathOf(url)}`
  if (location === null || !URL.canParse(location, url)) throw new BadAnswer(`${told} without saying where`)
  const target = new URL(location, url)
  const to = `${target.origin}${target.pathname}`
  if (method !== 'GET') throw new BadAnswer(`${told} to ${to}; a POST is not followed: use the WOPISrc it leads to`)
  if (target.origin !== new URL(url).origin)
    throw new BadAnswer(`${told} to ${to}; the token is not sent to another origin`)
  return requestUrl(target.href, '', token)
}

async function send(outgoing: Outgoing, wire: Wire, idle: Idle): Promise<Response> {
  const { method, url, headers, body } = outgoing
  const source: Source = {}
  const init: RequestInit & { readonly duplex: 'half' } = {
    method,
    headers,
    body: body === null ? null : toBody(body, idle, source),
    ...(isFlowing(body) ? unrepeatable : { redirect: 'manual' }),
    referrerPolicy: 'no-referrer',
    credentials: 'omit',
    cache: 'no-store',
    duplex: 'half',
    signal: idle.signal,
  }
  idle.moved(patience((body !== null && sizeOf(body)) || 0))
  try {
    return await wire.fetch(url, init)
  } catch (cause) {
    idle.done()
    if ('failure' in source) throw source.failure
    if (outgoing.signal?.aborted) throw outgoing.signal.reason
    if (isRefusedRedirect(cause))
      throw new BadAnswer(`the host redirects ${method} ${pathOf(url)}; a POST is not followed`)
    throw unreachable(url, idle.signal.aborted ? idle.signal.reason : cause)
  } finally {
    idle.rest()
  }
}

/** Node keeps all that has flowed, to send it again after a redirect, unless told that neither will happen. */
const unrepeatable: Pick<RequestInit, 'redirect' | 'window'> = { redirect: 'error', window: null }

const isRefusedRedirect = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof Error && error.cause.message === 'unexpected redirect'

function toAnswer(response: Response, url: string, idle: Idle): Answer {
  const { status, headers } = response
  // The length that is announced is that of the encoded body; what is read here has been decoded.
  const isEncoded = (headers.get('Content-Encoding') ?? 'identity') !== 'identity'
  const length = headers.get('Content-Length')
  const expected = isEncoded || length === null ? undefined : Number(length)
  const hidden = (name: string) => isEncoded && name.toLowerCase() === 'content-length'
  return {
    status,
    headers: { get: (name) => (hidden(name) ? null : headers.get(name)) },
    body: hasBody(response) ? received(response, { url, idle, expected }) : null,
    cut: idle.cut,
  }
}

type WithBody = Response & { readonly body: ReadableStream<Uint8Array> }

const hasBody = (response: Response): response is WithBody => response.body !== null

/**
 * The bytes of an answer. Fewer than were announced are a failure, never a short document. It is the response that is
 * kept until they are asked for: Node empties the body of one that nobody refers to any more.
 */
async function* received(
  response: WithBody,
  { url, idle, expected }: { url: string; idle: Idle; expected: number | undefined },
): Content {
  let size = 0
  idle.moved()
  try {
    for await (const chunk of chunksOf(response.body)) {
      idle.rest()
      size += chunk.byteLength
      yield chunk
      idle.moved()
    }
  } catch (cause) {
    throw idle.signal.aborted && !(idle.signal.reason instanceof WopiUnreachable)
      ? idle.signal.reason
      : unreachable(url, cause)
  } finally {
    idle.done()
  }
  if (expected !== undefined && size !== expected)
    throw unreachable(url, new Error(`the answer ended after ${size} of ${expected} bytes`))
}
