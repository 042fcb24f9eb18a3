import type { Group, RunOptions } from '../../src/index.ts'
import type { AHost, HostKind } from '../a-host.ts'

export type Next = (request: Request) => Promise<Response>

/** A host that is right but for one thing. */
export interface Break {
  /** What it does wrong. */
  readonly does: string
  /** The groups of checks that should find it. */
  readonly groups: readonly Group[]
  readonly kind?: HostKind
  readonly options?: (options: RunOptions) => RunOptions
  /** Whether it shows only on a socket. */
  readonly isOnSocket?: boolean
  /** Makes the wrong host of the right one. */
  readonly make: (next: Next, host: AHost) => Next
}

export const overrideOf = (request: Request): string => {
  const override = request.headers.get('X-WOPI-Override')?.toUpperCase() ?? ''
  return override === 'LOCK' && request.headers.get('X-WOPI-OldLock') ? 'RELOCK' : override
}

export const isInfo = ({ method, url }: Request): boolean => method === 'GET' && !/\/contents\?|\/contents$/.test(url)
export const isContents = ({ method, url }: Request): boolean => method === 'GET' && /\/contents(\?|$)/.test(url)

/** The request with other headers; `undefined` takes one away. */
export function withHeaders(request: Request, changes: Readonly<Record<string, string | undefined>>): Request {
  const headers = new Headers(request.headers)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  return new Request(request, { headers })
}

export const withBody = (request: Request, body: Uint8Array): Request =>
  new Request(request.url, { method: request.method, headers: request.headers, body: body.slice() })

export const withUrl = (request: Request, url: string): Request =>
  new Request(url, {
    method: request.method,
    headers: request.headers,
    body: request.body,
    duplex: 'half',
  } as RequestInit)

/** The answer with another status or other headers. */
export async function altered(
  response: Response,
  {
    status = response.status,
    headers: changes = {},
    body,
  }: { status?: number; headers?: Record<string, string | undefined>; body?: string },
): Promise<Response> {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  if (body !== undefined) headers.delete('Content-Length')
  return new Response(body ?? (await response.arrayBuffer()), { status, headers })
}

export const plain = (status: number, body = ''): Response => new Response(body, { status })

/** Another request to the same file, with a token that is right. */
export const also = (request: Request, override: string, lock?: string, body?: Uint8Array): Request =>
  new Request(
    override === 'PUT' ? request.url.replace(/(\/contents)?\?/, '/contents?') : request.url.replace('/contents?', '?'),
    {
      method: 'POST',
      headers: { 'X-WOPI-Override': override, ...(lock !== undefined && { 'X-WOPI-Lock': lock }) },
      ...(body && { body: body.slice() }),
    },
  )

export const heldBy = async (next: Next, request: Request): Promise<string> =>
  (await next(also(request, 'GET_LOCK'))).headers.get('X-WOPI-Lock') ?? ''

/** CheckFileInfo with other properties. */
export const tellsOf =
  (change: (info: Record<string, unknown>, request: Request) => Record<string, unknown>) =>
  (next: Next): Next =>
  async (request) => {
    const response = await next(request)
    if (!isInfo(request) || response.status !== 200) return response
    const info: unknown = await response.json()
    return altered(response, { body: JSON.stringify(change({ ...(info as object) }, request)) })
  }

/** Answers some requests without asking the right host. */
export const answersWith =
  (isMeant: (request: Request) => boolean, answer: () => Response) =>
  (next: Next): Next =>
  async (request) =>
    isMeant(request) ? answer() : next(request)

/** Passes some requests on in another form. */
export const rewrites =
  (change: (request: Request) => Request | Promise<Request>) =>
  (next: Next): Next =>
  async (request) =>
    next(await change(request))
