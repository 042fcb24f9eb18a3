import { z } from 'zod'
import { secureAddress } from '../cli/config-values.ts'
import { failFast } from './fail-fast.ts'
import { fetchJson, IssuerAway } from './fetch-json.ts'
import type { OauthConfig } from './options.ts'

/** Where an authorization server has what. */
export interface Issuer {
  /** Where users sign in. */
  readonly authorizationUrl: string
  /** Where programs get their tokens. */
  readonly tokenUrl: string
  /** Where the keys are published that tokens are signed with. */
  readonly keysUrl: string
}

const metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: secureAddress,
  token_endpoint: secureAddress,
  jwks_uri: secureAddress,
})

/**
 * Finds out where the authorization server has what, and asks it only for what is not configured. Found once, it holds.
 * Throws `IssuerAway` as long as the server does not say.
 */
export function findIssuer(config: OauthConfig & { readonly oauthIssuer: string }, now: () => number) {
  const { oauthIssuer, oauthAuthorizationUrl, oauthTokenUrl, oauthKeysUrl } = config
  const read = failFast(() => readMetadata(oauthIssuer), { pause: 5000, now })
  let found: Promise<Issuer> | undefined

  async function find(): Promise<Issuer> {
    if (oauthAuthorizationUrl !== undefined && oauthTokenUrl !== undefined && oauthKeysUrl !== undefined)
      return { authorizationUrl: oauthAuthorizationUrl, tokenUrl: oauthTokenUrl, keysUrl: oauthKeysUrl }
    const said = await read()
    return {
      authorizationUrl: oauthAuthorizationUrl ?? said.authorization_endpoint,
      tokenUrl: oauthTokenUrl ?? said.token_endpoint,
      keysUrl: oauthKeysUrl ?? said.jwks_uri,
    }
  }

  return async (): Promise<Issuer> => {
    found ??= find().catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
}

/** OpenID Connect appends the name of the document to the issuer; RFC 8414 puts it before the issuer's path. */
async function readMetadata(issuer: string): Promise<z.infer<typeof metadata>> {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/+$/, '')
  const said =
    (await fetchJson(`${origin}${path}/.well-known/openid-configuration`)) ??
    (await fetchJson(`${origin}/.well-known/oauth-authorization-server${path}`))
  const { data } = metadata.safeParse(said)
  if (!data)
    throw new IssuerAway(
      `${issuer} has no metadata with authorization_endpoint, token_endpoint and jwks_uri, all over https`,
    )
  if (data.issuer !== issuer)
    throw new IssuerAway(`${issuer} calls itself ${data.issuer.slice(0, 200)}; configure that if it is right`)
  return data
}
