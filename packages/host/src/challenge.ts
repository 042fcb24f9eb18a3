/** The platforms whose programs can be opened by addresses with a scheme of their own. */
export const platforms = ['iOS', 'Android', 'UWP'] as const

/** The programs of one platform, by the schemes of addresses that open them. */
export type Platform = (typeof platforms)[number]

/** Where a program that has no token, or none that holds, is sent to get one. */
export interface Challenge {
  /** Where users sign in and agree. */
  readonly authorizationUri: string
  /** Where programs get their tokens. */
  readonly tokenIssuanceUri: string
  /** The host’s name in the client’s list of providers: letters, digits and `_`. */
  readonly providerId?: string
  /** Schemes that open the host’s own programs, in the order in which to try them. */
  readonly urlSchemes?: Readonly<Partial<Record<Platform, readonly string[]>>>
}

/** The value of `WWW-Authenticate`. Throws a `TypeError` for an address that a token must not be sent to. */
export function challenge({ authorizationUri, tokenIssuanceUri, providerId, urlSchemes }: Challenge): string {
  if (providerId !== undefined && !/^\w+$/.test(providerId))
    throw new TypeError('providerId must consist of letters, digits and _')
  const parts = {
    authorization_uri: secure(authorizationUri, 'authorizationUri'),
    tokenIssuance_uri: secure(tokenIssuanceUri, 'tokenIssuanceUri'),
    ...(providerId !== undefined && { providerId }),
    ...(urlSchemes && { UrlSchemes: encodeURIComponent(JSON.stringify(urlSchemes)) }),
  }
  const quoted = Object.entries(parts).map(([name, value]) => `${name}="${value}"`)
  return `Bearer ${quoted.join(',')}`
}

/** Passwords and tokens go there: only what never leaves this machine may do without TLS. */
function secure(address: string, what: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isLocal = url?.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url?.protocol !== 'https:' && !isLocal) throw new TypeError(`${what} must be an https address`)
  if (!/^[!#-~]+$/.test(address)) throw new TypeError(`${what} must be spelt without quotes, spaces and accents`)
  return address
}
