import {
  decode,
  encode,
  type Match,
  match,
  type Operation,
  type OperationName,
  operationNamed,
  type Parts,
  type Values,
  WopiError,
  wopiSrc,
} from '@openwopi/protocol'
import { failure, type HostAnswer, success, toResponse } from './answer.ts'
import { bind, keptPromises } from './bind.ts'
import { type ClientProfile, profiles } from './client-profiles.ts'
import { noLocks } from './features.ts'
import { eventOf, type HostEvent, type Trace } from './host-event.ts'
import type { Circumstances, Fact, Ports, Subjects } from './implementation.ts'
import { createLinks } from './links.ts'
import type { Grant, ResourceRef } from './ports.ts'
import { type HostRequest, type Target, targetsUnder } from './request.ts'
import { longestBody, sized } from './sized.ts'

type Defaulted =
  | 'coauth'
  | 'describe'
  | 'describeContainer'
  | 'lockLifetime'
  | 'maxFileSize'
  | 'now'
  | 'sameLock'
  | 'without'

/** What a host is made of: the ports it works on, and what it is told about its surroundings. */
export interface HostOptions extends Omit<Ports, Defaulted>, Partial<Pick<Ports, Defaulted>> {
  /** Where clients reach the host, as `https://files.example.org/wopi`. Its path is where the host is mounted. */
  readonly publicUrl: string
  /** How the configured clients differ, by the name that a grant gives. A grant without one gets `profiles.generic`. */
  readonly clients?: Readonly<Record<string, ClientProfile>>
  /** Told about every call once it is answered. */
  readonly observe?: (event: HostEvent) => void
}

/** A WOPI host is a function from a request to a response. */
export interface Host {
  readonly fetch: (request: Request) => Promise<Response>
  /** The same with lighter objects, for servers that would only take a `Request` and a `Response` apart again. */
  readonly answer: (request: HostRequest) => Promise<HostAnswer>
  /** The WOPISrc of a resource, as clients are given it. */
  readonly wopiSrc: (resource: ResourceRef) => string
}

const defaults: Pick<Ports, Defaulted> = {
  coauth: false,
  describe: () => ({}),
  describeContainer: () => ({}),
  lockLifetime: 30 * 60_000,
  maxFileSize: Number.POSITIVE_INFINITY,
  now: Date.now,
  sameLock: (held, sent) => held === sent,
  without: new Set(),
}

/** Makes a host. It starts nothing and keeps nothing: two hosts in one process share only what their ports share. */
export function createHost({ publicUrl, clients = {}, observe, ...options }: HostOptions): Host {
  const ports: Ports = { ...defaults, ...options, ...(options.without?.has('locks') && { locks: noLocks }) }
  const handlers = bind(ports)
  const promises = keptPromises(handlers)
  const offers = (name: OperationName) => handlers.has(name)
  const links = createLinks(publicUrl, ports)
  const targetOf = targetsUnder(publicUrl)

  async function respond(request: HostRequest, trace: Trace): Promise<HostAnswer> {
    const target = targetOf(request)
    const called = match(request.method, target.path, request.headers) //     what is asked, and of which resource?
    trace.called = called
    if (!called) throw new WopiError('NotFound', {})
    const { on, grant } = await authorize(request, target, called) //         for whom, and by the client it claims to be?
    trace.grant = grant
    const subject = await find({ ...called, on }, grant) //                   about what?
    const { operation, handle } = offered(request.method, called) //          do we offer it?
    const input = await read(operation, request) //                           saying what?
    if (!may(grant, subject, operation)) throw forbidden(operation) //           may they?

    const profile = (grant.client !== undefined && clients[grant.client]) || profiles.generic
    const note = (fact: Fact) => Object.assign(trace.fact, fact)
    const circumstances: Circumstances = { grant, promises, offers, links, profile, note }
    return success(encode(operation.response, await handle(input, Object.assign(subject, circumstances))))
  }

  async function authorize(request: HostRequest, target: Target, called: Match): Promise<Granted> {
    const { token, url } = target
    const granted = token === undefined ? undefined : await grantFor(token, called)
    if (!granted) throw new WopiError('InvalidToken', {})
    const { grant } = granted
    if (
      ports.proof &&
      !(await ports.proof.verify({ url, tokens: target.tokens, headers: request.headers }, grant.client))
    ) {
      throw new WopiError('ServerError', { reason: 'the proof of this request does not hold' })
    }
    return granted
  }

  /** The token says for which kind of resource it was made, where an operation is about more than one. */
  async function grantFor(token: string, { on, id, operation }: Match): Promise<Granted | undefined> {
    const grant = await ports.access.authorize(token, { on, id })
    if (grant) return { on, grant }
    const instead = operation && ports.containers ? (operationNamed(operation).alsoOn ?? []) : []
    for (const kind of instead) {
      const other = await ports.access.authorize(token, { on: kind, id })
      if (other) return { on: kind, grant: other }
    }
    return undefined
  }

  async function find({ on, id, operation }: Match, { user }: Grant): Promise<Found> {
    if (on === 'ecosystem') return {}
    if (on !== 'file' && !ports.containers) throw new WopiError('NotImplemented', {})
    const asker = operation === 'checkFileInfo' && ports.userInfo && !user.isAnonymous ? user.id : undefined
    const file = on === 'file' && (await ports.storage.find(id, asker))
    const container = on !== 'file' && (await ports.containers?.find(id))
    if (file) return { file }
    if (container) return { container }
    throw new WopiError('NotFound', {})
  }

  async function read(operation: Operation, request: HostRequest): Promise<Values<Parts>> {
    try {
      return await decode(operation.request, {
        headers: request.headers,
        body: sized(request, longestBody(operation, ports.maxFileSize)),
      })
    } catch (cause) {
      throw refusalOf(operation, cause)
    }
  }

  function offered(method: string, { operation: name }: Match) {
    const handle = name && handlers.get(name)
    if (name && handle) return { operation: operationNamed(name), handle }
    const isKnownMethod = name !== undefined || method === 'GET' || method === 'POST'
    throw isKnownMethod
      ? new WopiError('NotImplemented', {})
      : new WopiError('MethodNotAllowed', { allowed: ['GET', 'POST'] })
  }

  async function answer(request: HostRequest): Promise<HostAnswer> {
    const started = ports.now()
    const trace: Trace = { fact: {} }
    const tell = (outcome: Pick<HostEvent, 'status' | 'error'>) =>
      observe?.(eventOf(request, trace, { ...outcome, milliseconds: ports.now() - started }))
    try {
      const result = await respond(request, trace)
      tell({ status: result.status })
      return result
    } catch (cause) {
      const error =
        cause instanceof WopiError
          ? cause
          : new WopiError('ServerError', { reason: 'the host could not do this' }, { cause })
      tell({ status: error.status, error })
      return failure(error)
    }
  }

  return {
    answer,
    fetch: async (request) => toResponse(await answer(request)),
    wopiSrc: ({ on, id }) => wopiSrc(publicUrl, on, id),
  }
}

/** For whom a call is, and about which kind of resource. */
interface Granted extends Pick<Match, 'on'> {
  readonly grant: Grant
}

/** What a call is about, as far as its kind of resource goes. */
type Found = Partial<Subjects['file'] & Subjects['container']>

/** A file that is marked read-only is written by nobody, whatever a token allows. */
const may = ({ can }: Grant, { file }: Found, { needs }: Operation): boolean =>
  can.has(needs) && !(needs === 'write' && file?.isReadOnly)

/** A user who may not make files is told that the host makes none (UserCanNotWriteRelative); all else is hidden. */
const forbidden = ({ needs, on }: Operation) =>
  new WopiError(needs === 'create' && on === 'file' ? 'NotImplemented' : 'NotFound', {})

/** What cannot be read is a bad request. Of a name, there is a header that tells the client's user what is wrong with it. */
function refusalOf({ fails }: Operation, cause: unknown): unknown {
  if (!(cause instanceof SyntaxError)) return cause
  const reason = cause.message
  const isAboutName = reason.startsWith('X-WOPI-RequestedName')
  const forNames = (['InvalidName', 'InvalidContainerName'] as const).find((code) => fails.includes(code))
  return new WopiError((isAboutName && forNames) || 'InvalidRequest', { reason }, { cause })
}
