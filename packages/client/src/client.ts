import {
  encode,
  type Input,
  type Operation,
  type OperationName,
  type Output,
  operationEntries,
  type ResourceKind,
  type Subject,
} from '@openwopi/protocol'
import { failureOf, outputOf } from './answer.ts'
import { announcedSize, type Sendable, sizeOf } from './content.ts'
import { exchange, type Wire } from './exchange.ts'
import { cleanWopiSrc, requestUrl } from './request-url.ts'
import { systemTimers } from './timers.ts'

/** Which file or other resource, on whose behalf, and how its host is spoken to. */
export interface ClientOptions {
  /** The WOPISrc, as `https://host/wopi/files/42`. */
  readonly wopiSrc: string
  /** A function is asked before each request: a token may be renewed in between. */
  readonly accessToken: string | (() => string)
  /** Gives the headers that prove who asks. */
  readonly sign?: Wire['sign']
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sends the token as `Authorization: Bearer` too; the query carries it in any case. */
  readonly sendsAuthorization?: boolean
  /** How long a request may stand still before it counts as failed, in milliseconds; default 60,000. */
  readonly idleTimeout?: number
  readonly fetch?: Wire['fetch']
  readonly timers?: Wire['timers']
}

/** What a single call may differ in. */
export interface Call {
  readonly signal?: AbortSignal
  /** Another user's token, in place of the client's own. */
  readonly accessToken?: string
}

/** What is sent: where an operation takes content, it may be at hand as well as flow. */
type Sent<I> = {
  readonly [K in keyof I]: Blob extends I[K] ? I[K] : AsyncIterable<Uint8Array> extends I[K] ? Sendable : I[K]
}

type OperationOn<K extends ResourceKind> = { [N in OperationName]: Subject<N> extends K ? N : never }[OperationName]

/** One method per operation; each resolves to the operation's response or rejects with the `WopiError` the host meant. */
type ClientOf<K extends ResourceKind> = {
  readonly [N in OperationOn<K>]: Record<never, never> extends Input<N>
    ? (input?: Sent<Input<N>>, call?: Call) => Promise<Output<N>>
    : (input: Sent<Input<N>>, call?: Call) => Promise<Output<N>>
}

/** What can be asked of a file. */
export type FileClient = ClientOf<'file'>
/** What can be asked of a container. */
export type ContainerClient = ClientOf<'container'>
/** What can be asked of a folder of the protocol of 2013. */
export type FolderClient = ClientOf<'folder'>
/** What can be asked of where a user's files begin. */
export type EcosystemClient = ClientOf<'ecosystem'>

/** A client of one file. */
export const createClient = (options: ClientOptions): FileClient => clientOf('file', options)
/** A client of one container; `wopiSrc` is the container's address, as `https://host/wopi/containers/42`. */
export const createContainerClient = (options: ClientOptions): ContainerClient => clientOf('container', options)
/** A client of one folder; `wopiSrc` is the folder's address, as `https://host/wopi/folders/42`. */
export const createFolderClient = (options: ClientOptions): FolderClient => clientOf('folder', options)
/** A client of a user's ecosystem; `wopiSrc` is its address, as `https://host/wopi/ecosystem`. */
export const createEcosystemClient = (options: ClientOptions): EcosystemClient => clientOf('ecosystem', options)

/** One method for each row of the table that is about resources of this kind. */
function clientOf<K extends ResourceKind>(on: K, options: ClientOptions): ClientOf<K> {
  const wopiSrc = cleanWopiSrc(options.wopiSrc)
  const { accessToken, headers: always, sendsAuthorization = false } = options
  const {
    fetch = (url, init) => globalThis.fetch(url, init),
    sign = () => ({}),
    timers = systemTimers,
    idleTimeout = 60_000,
  } = options
  const wire: Wire = { fetch, sign, timers, idleTimeout }

  const method =
    (row: Operation) =>
    async (input: Readonly<Record<string, unknown>> = {}, call: Call = {}): Promise<unknown> => {
      const token = call.accessToken ?? (typeof accessToken === 'string' ? accessToken : accessToken())
      const { headers, body } = encode(row.request, input)
      const answer = await exchange(
        {
          method: row.method,
          url: requestUrl(wopiSrc, row.path ?? '', token),
          token,
          headers: {
            ...always,
            ...headers,
            ...fixedHeaders(row),
            ...lengthOf(input, body),
            ...(sendsAuthorization && bearer(token)),
          },
          body,
          signal: call.signal,
        },
        wire,
      )
      const isWhole = answer.status === 200 || answer.status === 204
      if (!isWhole && !(answer.status === 206 && headers['Range'] !== undefined)) throw await failureOf(row, answer)
      return outputOf(row, answer)
    }

  const rows = operationEntries.filter(([, row]) => row.on === on)
  const methods: object = Object.fromEntries(rows.map(([name, row]) => [name, method(row)]))
  return methods as ClientOf<K>
}

const fixedHeaders = ({ method, override }: Operation): Record<string, string> => ({
  ...(override !== undefined && { 'X-WOPI-Override': override }),
  // A document is compressed already, and only the length of plain content shows that all of it has come.
  ...(method === 'GET' && { 'Accept-Encoding': 'identity' }),
})

/** Content that flows says how long it is if the caller knows: not every host takes a body of unknown length. */
function lengthOf(input: { readonly size?: unknown }, body: Sendable | string | null): Record<string, string> {
  if (body === null || sizeOf(body) !== undefined) return {}
  const size = input.size ?? announcedSize(body)
  return typeof size === 'number' ? { 'Content-Length': String(size) } : {}
}

/** A token that a header cannot carry stays in the query alone. */
const bearer = (token: string): Record<string, string> =>
  /^[\x21-\x7e]+$/.test(token) ? { Authorization: `Bearer ${token}` } : {}
