import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { Socket } from 'node:net'

/** What is sent. */
export interface ProbeRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
  /** Looks no further once this much of the answer has come; default: all of it. */
  readonly until?: (body: Buffer) => boolean
  /** Milliseconds; default 15 seconds. */
  readonly timeout?: number
  /** Refuses a server whose certificate is not good; default: takes any, so that other faults can be found too. */
  readonly isStrict?: boolean
  /** Certificates of authorities in PEM, besides those that Node knows. */
  readonly ca?: readonly string[] | undefined
}

/** What came back. */
export interface Probed {
  readonly status: number
  /** Headers that came several times are joined with commas. */
  header(name: string): string | undefined
  readonly body: Buffer
  /** The connection was handed over, as for a WebSocket. */
  readonly isUpgraded: boolean
}

/** Sends one request on a connection of its own, and follows nothing. Rejects with what the system says. */
export function probe(url: string, { timeout = 15_000, ...options }: ProbeRequest = {}): Promise<Probed> {
  const { method = 'GET', headers = {}, body, until, isStrict = false, ca } = options
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? overHttps : overHttp
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const request = send(url, {
      method,
      headers: { ...length, ...headers },
      agent: false,
      rejectUnauthorized: isStrict,
      ...(ca && { ca: [...ca] }),
      signal: AbortSignal.timeout(timeout),
    })
    // A server that refuses a body may answer before it has taken it, and then hang up.
    let hasAnswered = false
    request.on('error', (error) => hasAnswered || reject(error))
    request.on('upgrade', (answer: IncomingMessage, socket: Socket) => {
      socket.destroy()
      resolve(probed(answer, Buffer.alloc(0), true))
    })
    request.on('response', (answer) => {
      hasAnswered = true
      collect(answer, until).then((found) => {
        resolve(probed(answer, found, false))
        request.destroy()
      }, reject)
    })
    request.end(body)
  })
}

async function collect(answer: IncomingMessage, until: (body: Buffer) => boolean = () => false): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) {
    chunks.push(chunk)
    if (until(Buffer.concat(chunks))) break
  }
  return Buffer.concat(chunks)
}

const probed = ({ statusCode = 0, headersDistinct }: IncomingMessage, body: Buffer, isUpgraded: boolean): Probed => ({
  status: statusCode,
  header: (name) => headersDistinct[name.toLowerCase()]?.join(', '),
  body,
  isUpgraded,
})

/** Why a request failed, by the code of the system, or `TIMEOUT`. */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'TIMEOUT'
  return 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
}
