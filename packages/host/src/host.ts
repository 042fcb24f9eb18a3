import {
  type Content,
  type Draft,
  decode,
  encode,
  encodeFailure,
  type Match,
  match,
  type Operation,
  operationNamed,
  WopiError,
  wopiSrc,
} from '@openwopi/protocol'
import { bind, keptPromises } from './bind.ts'
import { type ClientProfile, profiles } from './client-profiles.ts'
import type { Fact, Ports } from './implementation.ts'
import { createLinks } from './links.ts'
import type { Grant, ResourceRef, User } from './ports.ts'
import { type HostRequest, type Target, targetOf } from './request.ts'
import { sized } from './sized.ts'

export interface HostOptions
  extends Omit<Ports, 'now' | 'maxFileSize' | 'sameLock' | 'describe' | 'lockLifetime'>,
    Partial<Pick<Ports, 'now' | 'maxFileSize' | 'sameLock' | 'describe'>> {
  /** Where clients reach the host, as `https://files.example.org/wopi`. Its path is where the host is mounted. */
  readonly publicUrl: string
  /** How the configured clients differ, by the name that a grant gives. A grant without a name gets `profiles.generic`. */
  readonly clients?: Readonly<Record<string, ClientProfile>>
  /** Told about every call once it is answered. */
  readonly observe?: (event: HostEvent) => void
}

/** What a call was and how it went. Holds no token and no content. */
export interface HostEvent extends Fact {
  readonly operation: Match['operation']
  readonly resource?: ResourceRef
  readonly status: number
  /** Why the answer is not a success. Its `cause` may tell of the inside; the answer does not. */
  readonly error?: WopiError
  readonly milliseconds: number
  readonly user?: User
  readonly client?: string
  readonly correlationId?: string
  readonly sessionId?: string
}

/** An answer before it is a `Response`. A string is a body that is all there. */
export interface HostAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Content | string | null
}

/** A WOPI host is a function from a request to a response. */
export interface Host {
  readonly fetch: (request: Request) => Promise<Response>
  /** The same with lighter objects, for servers that would only take a `Request` and a `Response` apart again. */
  readonly answer: (request: HostRequest) => Promise<HostAnswer>
  /** The WOPISrc of a resource, as clients are given it. */
  readonly wopiSrc: (resource: ResourceRef) => string
}

const halfAnHour = 30 * 60_000

/** What is found out about a call on the way, for whoever observes. */
interface Trace {
  called?: Match | undefined
  grant?: Grant
  fact: Fact
}

export function createHost({ publicUrl, clients = {}, observe, ...options }: HostOptions): Host {
  const ports: Ports = {
    now: Date.now,
    maxFileSize: Number.POSITIVE_INFINITY,
    sameLock: (held, sent) => held === sent,
    describe: () => ({}),
    lockLifetime: halfAnHour,
    ...options,
  }
  const handlers = bind(ports)
  const promises = keptPromises(handlers)
  const links = createLinks(publicUrl, ports)

  async function respond(request: HostRequest, trace: Trace): Promise<HostAnswer> {
    const target = targetOf(request, publicUrl)
    const called = match(request.method, target.path, request.headers)
    trace.called = called
    if (!called) throw new WopiError('NotFound', {})

    const grant = await authorize(request, target, called) //                     for whom, and from the client it claims to be?
    trace.grant = grant
    const file = await ports.storage.find(called.id) //                           about what?
    if (!file) throw new WopiError('NotFound', {})
    const { operation, handle } = offered(request.method, called) //              do we offer it?
    const input = await decode(operation.request, {
      headers: request.headers,
      body: sized(request, ports.maxFileSize),
    }).catch(refuse)
    if (!grant.can.has(operation.needs)) throw forbidden(operation) //             may they?

    const call = {
      file,
      grant,
      promises,
      links,
      profile: profileOf(grant),
      note: (fact: Fact) => Object.assign(trace.fact, fact),
    }
    return success(encode(operation.response, await handle(input, call)))
  }

  async function authorize(
    request: HostRequest,
    { token, tokens, url }: Target,
    resource: ResourceRef,
  ): Promise<Grant> {
    const grant =
      token === undefined ? undefined : await ports.access.authorize(token, { on: resource.on, id: resource.id })
    if (!grant) throw new WopiError('InvalidToken', {})
    if (ports.proof && !(await ports.proof.verify({ url, tokens, headers: request.headers }, grant.client))) {
      throw new WopiError('ServerError', { reason: 'the proof of this request does not hold' })
    }
    return grant
  }

  function offered(method: string, { operation: name }: Match) {
    const handle = name && handlers.get(name)
    if (name && handle) return { operation: operationNamed(name), handle }
    throw new WopiError(method === 'POST' || name ? 'NotImplemented' : 'MethodNotAllowed', {})
  }

  const profileOf = ({ client }: Grant) => (client === undefined ? undefined : clients[client]) ?? profiles.generic

  async function answer(request: HostRequest): Promise<HostAnswer> {
    const started = ports.now()
    const trace: Trace = { fact: {} }
    try {
      const result = await respond(request, trace)
      observe?.(eventOf(request, trace, { status: result.status, milliseconds: ports.now() - started }))
      return result
    } catch (cause) {
      const error = cause instanceof WopiError ? cause : new WopiError('ServerError', {}, { cause })
      observe?.(eventOf(request, trace, { status: error.status, error, milliseconds: ports.now() - started }))
      return failure(error)
    }
  }

  return {
    answer,
    fetch: async (request) => toResponse(await answer(request)),
    wopiSrc: ({ on, id }) => wopiSrc(publicUrl, on, id),
  }
}

/** A user who may not make files is told that the host makes none (UserCanNotWriteRelative); all else is hidden. */
const forbidden = ({ needs }: Operation) => new WopiError(needs === 'create' ? 'NotImplemented' : 'NotFound', {})

/** Tokens and file names travel in these answers. */
const always = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'X-WOPI-ServerVersion': 'OpenWOPI' }

const success = ({ headers, body }: Draft): HostAnswer => ({
  status: headers['Content-Range'] === undefined ? 200 : 206,
  headers: Object.assign(headers, always),
  body,
})

function failure(error: WopiError): HostAnswer {
  const { status, headers, body } = encodeFailure(error)
  return { status, headers: Object.assign(headers, always), body }
}

function refuse(cause: unknown): never {
  if (!(cause instanceof SyntaxError)) throw cause
  throw new WopiError('InvalidRequest', { reason: cause.message }, { cause })
}

const given = (value: string | null) => (value ? value : undefined)

function eventOf(
  { headers }: HostRequest,
  { called, grant, fact }: Trace,
  outcome: Pick<HostEvent, 'status' | 'error' | 'milliseconds'>,
): HostEvent {
  const correlationId = given(headers.get('X-WOPI-CorrelationId'))
  const sessionId = given(headers.get('X-WOPI-SessionId'))
  return {
    operation: called?.operation,
    ...(called && { resource: { on: called.on, id: called.id } }),
    ...(grant && { user: grant.user }),
    ...(grant?.client !== undefined && { client: grant.client }),
    ...(correlationId !== undefined && { correlationId }),
    ...(sessionId !== undefined && { sessionId }),
    ...fact,
    ...outcome,
  }
}

function toResponse({ status, headers, body }: HostAnswer): Response {
  return new Response(body === null || typeof body === 'string' ? body : toStream(body), { status, headers })
}

function toStream(content: Content): ReadableStream<Uint8Array> {
  if (content instanceof ReadableStream) return content
  const chunks = content[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return?.()
    },
  })
}

export type { HostRequest, StoredFile }
