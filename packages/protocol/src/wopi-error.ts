import { textOf } from './bodies.ts'
import { type FailureCode, failures } from './failures.ts'
import { type Content, type Draft, decode, encode, type Message, type Parts, type Values } from './parts.ts'

/** What a failure carries, such as the lock that is held. */
export type FailureDetails<C extends FailureCode> = Values<(typeof failures)[C]['response']>

/** A failure the protocol has a name for. A host throws it; a client throws the same one again. */
export class WopiError<C extends FailureCode = FailureCode> extends Error {
  override readonly name = 'WopiError'
  readonly code: C
  readonly details: FailureDetails<C>

  constructor(code: C, details: FailureDetails<C>, options?: ErrorOptions) {
    const said: { reason?: string } = details
    super(said.reason ? `${code}: ${said.reason}` : code, options)
    this.code = code
    this.details = details
  }

  /** The status of the response that stands for it. */
  get status(): number {
    return failures[this.code].status
  }

  /** Narrows an unknown error to one failure. */
  static is<C extends FailureCode>(error: unknown, code: C): error is WopiError<C> {
    return error instanceof WopiError && error.code === code
  }
}

/** What a failure says on the wire. */
export function encodeFailure({ code, details }: WopiError): Draft & { readonly status: number } {
  const { status, response } = failures[code]
  return { status, ...encode(response as Parts, details as Values<Parts>) }
}

const longestFailure = 64 * 1024

async function* once(value: string): Content {
  yield new TextEncoder().encode(value)
}

/** The failure a response stands for: the first of `codes` that has its status and whose parts are all there. */
export async function decodeFailure(
  codes: readonly FailureCode[],
  response: Message & { readonly status: number },
): Promise<WopiError> {
  const body = await textOf(response.body, longestFailure).catch(() => '')
  const candidates = codes.filter((code) => failures[code].status === response.status)
  for (const code of candidates) {
    const message: Message = { headers: response.headers, body: once(body) }
    const details = await decode(failures[code].response as Parts, message).catch(() => undefined)
    if (details) return new WopiError(code, details as FailureDetails<typeof code>)
  }
  // Some proxies drop a header that is empty, and an empty X-WOPI-Lock is what says that nobody holds the file.
  if (candidates.includes('LockMismatch')) return new WopiError('LockMismatch', { lock: '' })
  return new WopiError('ServerError', { reason: `unexpected status ${response.status}` })
}
