import { isLoopback, localOrigin } from '../addresses.ts'
import type { Config } from '../config.ts'
import { oauthOptions } from './options.ts'

/** Refuses combinations under which programs could not sign in, or not safely. The message says what to change. */
export function checkOauth(config: Config): void {
  if (config.oauthIssuer === undefined) refuseHalf(config)
  else refuseUnencrypted(config, config.oauthIssuer)
}

/** What is said about an authorization server without naming it would silently not hold. */
function refuseHalf(config: Config): void {
  const given = new Map(Object.entries(config).filter(([, value]) => value !== undefined))
  const set = Object.entries(oauthOptions).find(([key]) => key !== 'oauthUserClaim' && given.has(key))
  if (set) throw new Error(`--${set[1].name} says something of an authorization server. Name it with --oauth-issuer.`)
}

function refuseUnencrypted({ callbackUrl, publicUrl, host, port }: Config, issuer: string): void {
  const { protocol, hostname, origin } = new URL(callbackUrl ?? publicUrl ?? localOrigin(host, port))
  if (protocol === 'https:' || isLoopback(hostname)) return
  throw new Error(
    `Programs would send the tokens of ${issuer} to ${origin} in the clear. Serve under an https address, or leave out --oauth-issuer.`,
  )
}
