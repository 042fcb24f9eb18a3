import { readWopiSrc, WopiError } from '@openwopi/protocol'
import { failure, type HostAnswer, success, toResponse } from './answer.ts'
import { type Challenge, challenge } from './challenge.ts'
import type { Host } from './host.ts'
import type { Access, AccessToken, Containers, NativeNames, ResourceRef, Storage, User } from './ports.ts'
import { bearerOf, type HostRequest } from './request.ts'

/** Someone who has signed in with an authorization server. */
export interface Account {
  /** The same user, with the same id, as holds the access tokens of the host. */
  readonly user: User
  /** What they sign in with, such as a mail address. */
  readonly signInName: string
}

/** Makes tokens for users who have just proven who they are, and says what a token allows. */
export interface MintingAccess extends Pick<Access, 'authorize'> {
  mint(wanted: { readonly user: User; readonly resource: ResourceRef; readonly expiresAt: number }): AccessToken
}

/** What a bootstrapper is made of. */
export interface BootstrapperOptions extends Challenge {
  /** The host that the way in leads to. */
  readonly host: Pick<Host, 'wopiSrc'>
  readonly access: MintingAccess
  readonly storage: Pick<Storage, 'find'>
  readonly containers?: Pick<Containers, 'find' | 'root'>
  readonly nativeNames?: NativeNames
  /** Whose token of the authorization server this is. `undefined`: nobody's, or not one for this host, or it has ended. */
  readonly identify: (oauthToken: string) => Promise<Account | undefined>
  /** How long the tokens work, in milliseconds; default 10 hours. */
  readonly lifetime?: number
  readonly now?: () => number
  /** Told about every call once it is answered. */
  readonly observe?: (event: BootstrapEvent) => void
}

/** What a call was and how it went. Holds no token. */
export interface BootstrapEvent {
  readonly operation: string
  readonly status: number
  readonly user?: User
  readonly error?: WopiError
}

/** The way into a host for programs that hold a token of an authorization server; mounted at `/wopibootstrapper`. */
export interface Bootstrapper {
  readonly fetch: (request: Request) => Promise<Response>
  readonly answer: (request: HostRequest) => Promise<HostAnswer>
}

const hour = 3_600_000

/** What a GET asks for. No header can hold it. */
const bootstrapping = 'Bootstrap'

/** Makes a bootstrapper. Throws a `TypeError` for addresses that it must not send anyone to. */
export function createBootstrapper(options: BootstrapperOptions): Bootstrapper {
  const { host, access, storage, containers, nativeNames, identify, observe } = options
  const { lifetime = 10 * hour, now = Date.now } = options
  const wwwAuthenticate = challenge(options)
  const base = readWopiSrc(host.wopiSrc({ on: 'file', id: 'x' }))?.base

  /** A token for this user, who has just proven who they are. What they may not see is not there. */
  async function tokenFor({ user }: Account, resource: ResourceRef): Promise<AccessToken> {
    const made = access.mint({ user, resource, expiresAt: now() + lifetime })
    const grant = (await isThere(resource)) ? await access.authorize(made.token, resource) : undefined
    if (!grant?.can.has('read')) throw new WopiError('NotFound', {})
    return made
  }

  async function isThere({ on, id }: ResourceRef): Promise<boolean> {
    if (on === 'ecosystem') return true
    return (on === 'file' ? await storage.find(id) : await containers?.find(id)) !== undefined
  }

  async function addressOf(account: Account, resource: ResourceRef): Promise<string> {
    const { token, expiresAt } = await tokenFor(account, resource)
    return `${host.wopiSrc(resource)}?access_token=${encodeURIComponent(token)}&access_token_ttl=${expiresAt}`
  }

  async function bootstrap(account: Account) {
    const { user, signInName } = account
    return {
      Bootstrap: {
        EcosystemUrl: await addressOf(account, { on: 'ecosystem', id: '' }),
        UserId: user.id,
        SignInName: signInName,
        UserFriendlyName: user.name,
      },
    }
  }

  async function newAccessToken(account: Account, wopiSrc: string | null) {
    const parts = readWopiSrc((wopiSrc ?? '').split('?')[0] ?? '')
    if (!parts || parts.base !== base) throw new WopiError('NotFound', {})
    const { token, expiresAt } = await tokenFor(account, { on: parts.on, id: parts.id })
    return { AccessTokenInfo: { AccessToken: token, AccessTokenExpiry: expiresAt } }
  }

  /** Where there are no containers, the plain answer tells the client to look for itself. */
  async function rootContainer(account: Account) {
    if (!containers) return {}
    const { id, name } = await containers.root()
    const Url = await addressOf(account, { on: 'container', id })
    return { RootContainerInfo: { ContainerPointer: { Name: name, Url } } }
  }

  async function fileWopiSrc(account: Account, name: string | null) {
    if (!nativeNames) return {}
    const id = name ? await nativeNames.fileId(name) : undefined
    if (id === undefined) throw new WopiError('NotFound', {})
    return { WopiSrcInfo: { Url: await addressOf(account, { on: 'file', id }) } }
  }

  async function more(operation: string, account: Account, headers: HostRequest['headers']): Promise<object> {
    switch (operation) {
      case bootstrapping:
        return {}
      case 'GET_NEW_ACCESS_TOKEN':
        return newAccessToken(account, headers.get('X-WOPI-WopiSrc'))
      case 'GET_ROOT_CONTAINER':
        return rootContainer(account)
      case 'GET_WOPI_SRC_WITH_ACCESS_TOKEN':
        return fileWopiSrc(account, headers.get('X-WOPI-HostNativeFileName'))
      default:
        throw new WopiError('NotImplemented', {})
    }
  }

  async function answer(request: HostRequest): Promise<HostAnswer> {
    const operation = operationOf(request)
    let account: Account | undefined
    try {
      const token = bearerOf(request.headers.get('Authorization'))
      account = token === undefined ? undefined : await identify(token)
      if (!account) throw new WopiError('InvalidToken', {})
      if (operation === undefined) throw new WopiError('MethodNotAllowed', { allowed: ['GET', 'POST'] })
      const body = { ...(await bootstrap(account)), ...(await more(operation, account, request.headers)) }
      observe?.({ operation, status: 200, user: account.user })
      return success({ headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
    } catch (cause) {
      const error = cause instanceof WopiError ? cause : new WopiError('ServerError', {}, { cause })
      const { status, headers, body } = failure(error)
      observe?.({ operation: operation ?? request.method, status, error, ...(account && { user: account.user }) })
      const isRefused = error.code === 'InvalidToken'
      return { status, headers: { ...headers, ...(isRefused && { 'WWW-Authenticate': wwwAuthenticate }) }, body }
    }
  }

  return { answer, fetch: async (request) => toResponse(await answer(request)) }
}

/** Some clients name the operation where all others do. `undefined`: the method is none that the protocol uses. */
function operationOf({ method, headers }: HostRequest): string | undefined {
  if (method === 'GET') return bootstrapping
  if (method !== 'POST') return undefined
  return (headers.get('X-WOPI-EcosystemOperation') || headers.get('X-WOPI-Override') || '').toUpperCase()
}
