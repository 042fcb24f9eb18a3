import { createRemoteJWKSet, customFetch, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { failFast } from './fail-fast.ts'
import { fetchJson, IssuerAway } from './fetch-json.ts'

/** What a token must be to hold. */
export interface Verification {
  readonly issuer: string
  readonly audience: string
  /** Where the issuer publishes its keys. */
  readonly keysUrl: string
  readonly now: () => number
}

/** What a token says, or why it does not hold, as a clause for the log that repeats nothing of the token. */
export type Verified = { readonly claims: JWTPayload } | { readonly refused: string }

/** Signatures whose key can be published. A shared secret could be taken from what is published; `none` is no signature. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

/** Tokens of real servers have 1 to 4 KB; characters. */
const longestToken = 8192
/** By how much the clocks of issuer and host may differ, in seconds. */
const clockTolerance = 5

/** Verifies tokens by the keys that their issuer publishes. Throws `IssuerAway` if those cannot be read. */
export function tokenVerifier({ issuer, audience, keysUrl, now }: Verification): (token: string) => Promise<Verified> {
  const keys = createRemoteJWKSet(new URL(keysUrl), { [customFetch]: failFast(fetchKeys, { pause: 5000, now }) })

  async function verify(token: string, key: JWTVerifyGetKey | CryptoKey): Promise<JWTPayload> {
    const options = {
      issuer,
      audience,
      algorithms,
      clockTolerance,
      requiredClaims: ['exp'],
      currentDate: new Date(now()),
    }
    const { payload } =
      typeof key === 'function' ? await jwtVerify(token, key, options) : await jwtVerify(token, key, options)
    return payload
  }

  return async (token) => {
    if (token.length > longestToken) return { refused: 'it is too long' }
    try {
      return {
        claims: await verify(token, keys).catch((error: unknown) => withEachKey(error, (key) => verify(token, key))),
      }
    } catch (error) {
      if (error instanceof errors.JWKSInvalid) throw new IssuerAway(`${keysUrl} holds no set of keys`, { cause: error })
      if (error instanceof errors.JOSEError) return { refused: reasonOf(error) }
      throw error
    }
  }
}

async function fetchKeys(url: string): Promise<Response> {
  const keys = await fetchJson(url)
  if (keys === undefined) throw new IssuerAway(`${url} answers with status 404`)
  return Response.json(keys)
}

/** Keys need not have ids, and then several may fit: the signature decides. */
async function withEachKey(error: unknown, verify: (key: CryptoKey) => Promise<JWTPayload>): Promise<JWTPayload> {
  if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
  for await (const key of error) {
    const claims = await verify(key).catch((failure: unknown) => {
      if (failure instanceof errors.JWSSignatureVerificationFailed) return undefined
      throw failure
    })
    if (claims) return claims
  }
  throw new errors.JWSSignatureVerificationFailed()
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'it has expired'
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${error.claim} is missing or another one`
  return `it is not one of the issuer's (${error.code})`
}
