import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Permission, ResourceKind } from '@openwopi/protocol'
import type { Access, AccessToken, Grant, ResourceRef, User } from './ports.ts'

/** The secrets of tokens, and who may do what. */
export interface SignedAccessOptions {
  /** Secrets of at least 32 bytes. The first one signs; all of them verify, so that a key can be changed. */
  readonly keys: readonly Uint8Array[]
  /**
   * What a user may do with a resource, asked at every call; `share` is the link that the token was made for.
   * `undefined`: there is no such user, or no such link, any more.
   */
  readonly permissions: (
    user: User,
    resource: ResourceRef,
    share: string | undefined,
  ) => Promise<ReadonlySet<Permission> | undefined>
  readonly isRevoked?: (tokenId: string) => boolean
  readonly now?: () => number
  readonly newId?: () => string
}

/** What a token is made for. */
export interface Minting {
  readonly user: User
  readonly resource: ResourceRef
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** The most that the token may ever allow, whatever its user may do. Absent: no such limit. */
  readonly can?: ReadonlySet<Permission>
  readonly client?: string
  /** The id of the share link that it stands and falls with. Absent: it is made for none. */
  readonly share?: string
}

/** An `Access` whose tokens carry what they say, signed: nothing is stored for them. */
export interface SignedAccess extends Access {
  /** A token for someone who has just proven who they are. */
  mint(minting: Minting): AccessToken & { readonly id: string }
  /** Which token this is, for whoever keeps a list of revoked ones. `undefined`: none that was signed here. */
  identify(token: string): { readonly id: string; readonly expiresAt: number } | undefined
}

/** What is inside a token. Short names keep it short: it travels in addresses. */
interface Claims {
  readonly j: string
  readonly u: string
  readonly n: string
  readonly a?: 1
  readonly k: ResourceKind
  readonly r: string
  readonly x: number
  readonly p?: readonly Permission[]
  readonly c?: string
  readonly s?: string
}

/** Makes and reads access tokens bound to one user and one resource. */
export function signedAccess({
  keys,
  permissions,
  isRevoked = () => false,
  now = Date.now,
  newId = randomId,
}: SignedAccessOptions): SignedAccess {
  const [signingKey] = keys
  if (!signingKey || keys.some((key) => key.byteLength < 32))
    throw new RangeError('signedAccess needs keys of at least 32 bytes')

  const readOnce = remembering(mostRemembered, (token) => read(keys, token))
  const sign = (claims: Claims): string => {
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url')
    return `${payload}.${mac(signingKey, payload).toString('base64url')}`
  }
  const mint = ({ user, resource, expiresAt, can, client, share }: Minting) => {
    const id = newId()
    const claims: Claims = {
      j: id,
      u: user.id,
      n: user.name.slice(0, 100),
      ...(user.isAnonymous && { a: 1 as const }),
      k: resource.on,
      r: resource.id,
      x: expiresAt,
      ...(can && { p: [...can] }),
      ...(client !== undefined && { c: client }),
      ...(share !== undefined && { s: share }),
    }
    return { id, token: sign(claims), expiresAt }
  }

  return {
    mint,
    identify(token) {
      const claims = read(keys, token)
      return claims && { id: claims.j, expiresAt: claims.x }
    },
    async authorize(token, resource) {
      const claims = readOnce(token)
      if (!claims || claims.x <= now() || claims.k !== resource.on || claims.r !== resource.id || isRevoked(claims.j))
        return undefined
      const user: User = claims.a
        ? { id: claims.u, name: claims.n, isAnonymous: true }
        : { id: claims.u, name: claims.n }
      const may = await permissions(user, resource, claims.s)
      return may && grantOf(claims, user, within(may, claims.p))
    },
    issue: async ({ user, can, expiresAt, client, share }: Grant, resource) => {
      const made = { ...(client !== undefined && { client }), ...(share !== undefined && { share }) }
      const { token } = mint({ user, resource, can, expiresAt, ...made })
      return { token, expiresAt }
    },
  }
}

/** What most tokens do not say is only put in where one does. */
function grantOf({ x: expiresAt, c: client, s: share }: Claims, user: User, can: ReadonlySet<Permission>): Grant {
  if (client === undefined && share === undefined) return { user, can, expiresAt }
  return { user, can, expiresAt, ...(client !== undefined && { client }), ...(share !== undefined && { share }) }
}

const randomId = () => randomBytes(12).toString('base64url')

const mac = (key: Uint8Array, payload: string) => createHmac('sha256', key).update(payload).digest()

function read(keys: readonly Uint8Array[], token: string): Claims | undefined {
  const [payload = '', signature = '', rest] = token.split('.')
  if (rest !== undefined) return undefined
  const sent = Buffer.from(signature, 'base64url')
  const holds = keys.some((key) => {
    const expected = mac(key, payload)
    return expected.byteLength === sent.byteLength && timingSafeEqual(expected, sent)
  })
  return holds ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims) : undefined
}

/** A client sends the same token with each call of a session, and verifying it is most of the work of a small call. */
const mostRemembered = 1000

function remembering<T>(most: number, find: (key: string) => T | undefined): (key: string) => T | undefined {
  const known = new Map<string, T>()
  return (key) => {
    const value = known.get(key) ?? find(key)
    if (value === undefined || known.has(key)) return value
    if (known.size >= most) known.delete(known.keys().next().value ?? key)
    known.set(key, value)
    return value
  }
}

const within = (may: ReadonlySet<Permission>, ceiling: readonly Permission[] | undefined): ReadonlySet<Permission> =>
  ceiling ? new Set(ceiling.filter((permission) => may.has(permission))) : may
