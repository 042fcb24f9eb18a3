import {
  type Account,
  type BootstrapEvent,
  type Bootstrapper,
  createBootstrapper,
  type Feature,
  type Host,
} from '@openwopi/host'
import { WopiError } from '@openwopi/protocol'
import { bootstrapperUrl } from '../addresses.ts'
import { nativeNames } from '../files/native-names.ts'
import { causeOf } from '../log-event.ts'
import type { Site } from '../site.ts'
import { accountOf } from './account.ts'
import { IssuerAway } from './fetch-json.ts'
import { findIssuer, type Issuer } from './issuer.ts'
import { usualUserClaim } from './options.ts'
import { tokenVerifier } from './verify-token.ts'

/** Answers programs that hold tokens of an authorization server. */
export type Bootstrapping = Pick<Bootstrapper, 'answer'>

/** Seconds after which it is worth asking again when the authorization server is away. */
const retryAfter = '10'

/** The bootstrapper of a site. Without an authorization server there is nothing where it would be. */
export function bootstrapping(site: Site, host: Host): Bootstrapping {
  const { oauthIssuer: name } = site.config
  if (name === undefined) return { answer: async () => notThere }
  const find = findIssuer({ ...site.config, oauthIssuer: name }, site.now)
  let made: Bootstrapping | undefined
  let told: unknown

  /** `undefined`: it is not known where tokens are to be had. One failure is told once, however many it keeps out. */
  const ready = async (): Promise<Bootstrapping | undefined> => {
    try {
      made ??= over(site, host, { ...(await find()), name })
    } catch (error) {
      if (told !== error) site.log({ level: 'error', event: 'authorization server away', ...whyAway(error) })
      told = error
    }
    return made
  }

  // A wrong address is told at the start, and not when the first program comes.
  void ready()
  return { answer: async (request) => (await ready())?.answer(request) ?? away }
}

const notThere = { status: 404, headers: { 'Cache-Control': 'no-store' }, body: null }

const whyAway = (error: unknown) => (error instanceof IssuerAway ? { message: error.message } : causeOf(error))

/** Where tokens are to be had is part of every refusal: before it is known, nobody can be refused. */
const away = { status: 503, headers: { 'Retry-After': retryAfter, 'Cache-Control': 'no-store' }, body: null }

function over(site: Site, host: Host, issuer: Issuer & { readonly name: string }): Bootstrapping {
  const { config, tokens, folder, addresses, now } = site
  const { oauthProviderId, oauthUrlSchemes, without = [], tokenLifetime } = config
  const offers = (feature: Feature) => !without.includes(feature)
  return createBootstrapper({
    host,
    access: tokens.access,
    storage: folder.storage,
    ...(offers('containers') && { containers: folder.containers }),
    ...(offers('containers') && offers('ecosystem') && { nativeNames: nativeNames(addresses) }),
    authorizationUri: issuer.authorizationUrl,
    tokenIssuanceUri: issuer.tokenUrl,
    ...(oauthProviderId !== undefined && { providerId: oauthProviderId }),
    ...(oauthUrlSchemes && { urlSchemes: oauthUrlSchemes }),
    identify: identifier(site, issuer),
    lifetime: tokenLifetime,
    now,
    observe: (event) => site.log(logEventOf(event)),
  })
}

/** Whose token it is. Throws `ServerBusy` while that cannot be found out, or when somebody asks too often. */
function identifier({ config, addresses, people, limits, log, now }: Site, issuer: Issuer & { readonly name: string }) {
  const { oauthAudience = bootstrapperUrl(addresses), oauthUserClaim = usualUserClaim } = config
  const verify = tokenVerifier({ issuer: issuer.name, audience: oauthAudience, keysUrl: issuer.keysUrl, now })
  const refuse = (message: string) => void log({ level: 'info', event: 'oauth token refused', message })

  return async (token: string): Promise<Account | undefined> => {
    const verified = await verify(token).catch((cause: unknown) => {
      throw cause instanceof IssuerAway ? new WopiError('ServerBusy', { retryAfter }, { cause }) : cause
    })
    if ('refused' in verified) return refuse(`A token of the authorization server does not hold: ${verified.refused}`)
    const account = await accountOf(verified.claims, oauthUserClaim, people)
    if (!account) return refuse(`The claim ${oauthUserClaim} of a token names nobody who may use this server`)
    const wait = await limits.minting.take(account.user.id)
    if (wait > 0) throw new WopiError('ServerBusy', { retryAfter: String(Math.ceil(wait / 1000)) })
    return account
  }
}

const logEventOf = ({ operation, status, user, error }: BootstrapEvent) => ({
  level: status >= 500 && status !== 501 ? ('error' as const) : ('info' as const),
  event: 'bootstrap',
  operation: operation.slice(0, 100),
  status,
  ...(user && { user: user.id }),
  ...(error && { failure: error.code, ...(error.cause !== undefined && status >= 500 ? causeOf(error.cause) : {}) }),
})
