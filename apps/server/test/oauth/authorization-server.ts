import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { onTestFinished } from 'vitest'

/** Where the program waits for its code. Nothing listens there: the test reads the address it is sent to. */
const redirectUri = 'http://127.0.0.1:1/callback'

/** A real authorization server on a real socket, which knows one program and whoever signs in to it. */
export async function authorizationServer() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'first' }
  const server = createServer((req, res) => void listener?.(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => void server.close().closeAllConnections()
  onTestFinished(stop)
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    jwks: { keys: [key] },
    clients: [
      {
        client_id: 'office',
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:nobody',
        useGrantedResource: () => true,
        getResourceServerInfo: (_, audience) => ({
          scope: 'documents',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: (_, token) =>
      'accountId' in token ? { preferred_username: `${token.accountId}@example.org` } : {},
    cookies: { keys: ['for tests only'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  })
  const listener = provider.callback()

  return {
    issuer,
    privateKey,
    stop,
    /** What a program gets that leads its user `name` to sign in, and asks for a token for `resource`. */
    tokenFor: (name: string, resource: string, places: { authorizationUrl: string; tokenUrl: string }) =>
      signIn({ name, resource, ...places }),
  }
}

interface Wish {
  readonly name: string
  readonly resource: string
  readonly authorizationUrl: string
  readonly tokenUrl: string
}

/** The authorization code flow with PKCE (RFC 6749, 7636, 8252, 8707), as a program and its user's browser go through it. */
async function signIn({ name, resource, authorizationUrl, tokenUrl }: Wish) {
  const verifier = 'a'.repeat(64)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const start = new URL(authorizationUrl)
  start.search = new URLSearchParams({
    client_id: 'office',
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid documents',
    resource,
    code_challenge: Buffer.from(digest).toString('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const browse = browser()
  const login = await browse(start)
  const consent = await browse(login, { prompt: 'login', login: name, password: 'any' })
  const back = await browse(consent, { prompt: 'consent' })
  const code = back.searchParams.get('code') ?? ''
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'office',
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
      resource,
    }),
  })
  const body = (await answer.json()) as { access_token?: string; expires_in?: number }
  if (!body.access_token) throw new Error(`no token: ${back.href} ${JSON.stringify(body)}`)
  return { accessToken: body.access_token, expiresIn: body.expires_in }
}

/** Follows redirects with cookies, up to a page or to the program. */
function browser() {
  const cookies = new Map<string, string>()
  return async function browse(url: URL, form?: Record<string, string>): Promise<URL> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('Location')
    if (location === null) return url
    const next = new URL(location, url)
    return next.href.startsWith(redirectUri) ? next : browse(next)
  }
}
