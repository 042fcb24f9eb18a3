import type { Message } from '@openwopi/protocol'

/** What a host reads of a request. `Request` is one. */
export interface HostRequest extends Message {
  readonly method: string
  /** The request target, `/wopi/files/42?access_token=…`, or a whole address. */
  readonly url: string
}

/** What the address and the headers of a request say. */
export interface Target {
  /** After the base path; empty when the request is for something else. */
  readonly path: string
  /** `undefined`: none, or more than one. */
  readonly token: string | undefined
  /** The token in every spelling a client may have signed. */
  readonly tokens: readonly string[]
  /** The address as the client called it. */
  readonly url: string
}

/** Takes the addresses of requests apart. Only `publicUrl` decides what the client called the host; a Host header is hearsay. */
export function targetsUnder(publicUrl: string): (request: HostRequest) => Target {
  const base = afterOrigin(publicUrl)
  const origin = publicUrl.slice(0, publicUrl.length - base.length)
  const prefix = base.endsWith('/') ? base : `${base}/`

  return ({ url, headers }) => {
    const whole = afterOrigin(url)
    const query = whole.indexOf('?')
    const path = query < 0 ? whole : whole.slice(0, query)
    const raw = query < 0 ? [] : tokensIn(whole.slice(query + 1))
    const bearer = () => bearerOf(headers.get('Authorization'))
    const token = raw.length > 0 ? (raw.length === 1 ? decoded(raw[0] ?? '') : undefined) : bearer()
    return {
      path: path.startsWith(prefix) ? path.slice(prefix.length - 1) : '',
      token: token === '' ? undefined : token,
      // Asked for only where proofs are checked.
      get tokens() {
        return [...new Set([token, raw[0], bearer()])].filter((one) => one !== undefined)
      },
      url: origin + whole,
    }
  }
}

function afterOrigin(url: string): string {
  if (url.startsWith('/')) return url
  const path = url.indexOf('/', url.indexOf('://') + 3)
  return path < 0 ? '' : url.slice(path)
}

/** The values of `access_token` as they are spelt in the query. Names of query parameters are taken by any case. */
function tokensIn(query: string): string[] {
  const tokens: string[] = []
  for (const pair of query.split('&')) if (isToken(pair)) tokens.push(pair.slice(13))
  return tokens
}

const isToken = (pair: string): boolean =>
  pair.startsWith('access_token=') || pair.slice(0, 13).toLowerCase() === 'access_token='

function decoded(raw: string): string | undefined {
  try {
    return raw.includes('%') ? decodeURIComponent(raw) : raw
  } catch {
    return undefined
  }
}

/** Microsoft's documentation prints the scheme with a colon in one place. */
export const bearerOf = (authorization: string | null): string | undefined =>
  /^Bearer:?\s+(\S+)$/i.exec(authorization ?? '')?.[1]
