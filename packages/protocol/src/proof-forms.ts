/** How one request could have been seen by whoever signed it. */
export interface ProofForm {
  /** With `://`. */
  readonly scheme: string
  readonly host: string
  /** With its colon, or empty. */
  readonly port: string
  readonly path: string
  /** With its question mark, or empty. */
  readonly query: string
  readonly token: string
  /** How letters were treated before the address was signed; `upper` is right. */
  readonly letters: 'upper' | 'upper-ascii' | 'lower' | 'as-is'
}

/** What a change is about: of each kind, at most one is made at a time. */
export type ProofChangeKind =
  | 'scheme'
  | 'host'
  | 'port'
  | 'prefix'
  | 'slashes'
  | 'escapes'
  | 'query'
  | 'token'
  | 'letters'

/** One way in which what was signed may differ from what arrived. */
export interface ProofChange {
  readonly kind: ProofChangeKind
  /** Completes the sentence "What was signed is the same …". */
  readonly says: string
}

/** What may help to guess what a request was called on its way. */
export interface ProofHints {
  /** Hosts, with their port if they have one: from `Host`, `X-Forwarded-Host`, or what someone thinks of. */
  readonly hosts?: readonly string[]
  /** What a proxy may have taken off paths: `/docs`. */
  readonly prefixes?: readonly string[]
  /** The token in other spellings than the one given. */
  readonly tokens?: readonly string[]
}

/** A change, and how it is made. */
export interface ProofVariant extends ProofChange {
  readonly apply: (form: ProofForm) => Partial<ProofForm>
}

/** Takes an address apart, without changing a character of it. `undefined`: it is not an absolute one. */
export function proofForm(url: string, token: string): ProofForm | undefined {
  const parts = /^([a-z][a-z\d+.-]*:\/\/)(\[[^\]/?#]*\]|[^:/?#]*)(:\d*)?([^?#]*)(\?[^#]*)?/i.exec(url)
  if (!parts) return undefined
  const [, scheme = '', host = '', port = '', path = '', query = ''] = parts
  return { scheme, host, port, path, query, token, letters: 'upper' }
}

/** The address of a form, as its signer would write it. */
export const addressOf = ({ scheme, host, port, path, query }: ProofForm): string => scheme + host + port + path + query

/** The address of a form as it is signed. */
export function signedAddressOf(form: ProofForm): string {
  const url = addressOf(form)
  if (form.letters === 'upper') return url.toUpperCase()
  if (form.letters === 'upper-ascii') return url.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
  return form.letters === 'lower' ? url.toLowerCase() : url
}

/** Every change that is tried on a request, the likelier ones first. */
export function proofVariants(form: ProofForm, { hosts = [], prefixes = [], tokens = [] }: ProofHints): ProofVariant[] {
  return [
    ...tokens.map(
      (token): ProofVariant => ({
        kind: 'token',
        says: 'with the token in its other spelling',
        apply: () => ({ token }),
      }),
    ),
    { kind: 'scheme', says: 'with https', apply: () => ({ scheme: 'https://' }) },
    { kind: 'scheme', says: 'with http', apply: () => ({ scheme: 'http://' }) },
    ...hosts.map(hostVariant),
    ...ports,
    ...prefixes.map((prefix): ProofVariant => withPrefix(prefix)),
    ...leadingSegments(form.path).map(withoutPrefix),
    ...always,
  ]
}

function hostVariant(raw: string): ProofVariant {
  const [, host = raw, port = ''] = /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(raw) ?? []
  return { kind: 'host', says: `with the host ${raw}`, apply: () => ({ host, port }) }
}

const ports: readonly ProofVariant[] = [
  { kind: 'port', says: 'without a port', apply: () => ({ port: '' }) },
  ...[':443', ':80'].map(
    (port): ProofVariant => ({ kind: 'port', says: `with the port ${port.slice(1)}`, apply: () => ({ port }) }),
  ),
]

function withPrefix(raw: string): ProofVariant {
  const prefix = `/${raw.replace(/^\/+|\/+$/g, '')}`
  return { kind: 'prefix', says: `with ${prefix} before the path`, apply: ({ path }) => ({ path: prefix + path }) }
}

const withoutPrefix = (prefix: string): ProofVariant => ({
  kind: 'prefix',
  says: `without ${prefix} before the path`,
  apply: ({ path }) => ({ path: path.slice(prefix.length) }),
})

/** `/a`, `/a/b` for `/a/b/wopi/files/1`: all that could have been put before the path. */
function leadingSegments(path: string): string[] {
  const segments = path.split('/').slice(1, -2).slice(0, mostSegments)
  return segments.map((_, i) => `/${segments.slice(0, i + 1).join('/')}`)
}
const mostSegments = 4

/** What is tried on every request. */
const always: readonly ProofVariant[] = [
  { kind: 'slashes', says: 'with a slash at the end of the path', apply: ({ path }) => ({ path: `${path}/` }) },
  {
    kind: 'slashes',
    says: 'without slashes at the end of the path',
    apply: ({ path }) => ({ path: path.replace(/\/+$/, '') }),
  },
  {
    kind: 'slashes',
    says: 'with single slashes in the path',
    apply: ({ path }) => ({ path: path.replace(/\/{2,}/g, '/') }),
  },
  { kind: 'slashes', says: 'with a second slash before the path', apply: ({ path }) => ({ path: `/${path}` }) },
  { kind: 'escapes', says: 'with the escapes of the query decoded', apply: ({ query }) => ({ query: decoded(query) }) },
  { kind: 'escapes', says: 'with the escapes of the path decoded', apply: ({ path }) => ({ path: decoded(path) }) },
  {
    kind: 'escapes',
    says: 'with all escapes decoded',
    apply: ({ path, query }) => ({ path: decoded(path), query: decoded(query) }),
  },
  {
    kind: 'escapes',
    says: 'with everything in the query escaped',
    apply: ({ query }) => ({ query: eachValue(query, (value) => encodeURIComponent(decoded(value))) }),
  },
  {
    kind: 'escapes',
    says: 'with the query escaped once more',
    apply: ({ query }) => ({ query: eachValue(query, encodeURIComponent) }),
  },
  {
    kind: 'escapes',
    says: 'with the query escaped as browsers escape forms',
    apply: ({ query }) => ({ query: eachValue(query, asForm) }),
  },
  {
    kind: 'escapes',
    says: 'with apostrophes in place of %27',
    apply: ({ query }) => ({ query: query.replaceAll('%27', "'") }),
  },
  { kind: 'query', says: 'without its query', apply: () => ({ query: '' }) },
  {
    kind: 'query',
    says: 'without the token in the address',
    apply: ({ query }) => ({ query: kept(query, (name) => name !== tokenName) }),
  },
  {
    kind: 'query',
    says: 'with nothing but the token in the query',
    apply: ({ query }) => ({ query: kept(query, (name) => name === tokenName) }),
  },
  {
    kind: 'query',
    says: 'without access_token_ttl',
    apply: ({ query }) => ({ query: kept(query, (name) => name !== 'access_token_ttl') }),
  },
  {
    kind: 'query',
    says: 'with the token first in the query',
    apply: ({ query }) => ({ query: ordered(query, tokenFirst) }),
  },
  {
    kind: 'query',
    says: 'with the token last in the query',
    apply: ({ query }) => ({ query: ordered(query, (a, b) => tokenFirst(b, a)) }),
  },
  {
    kind: 'query',
    says: 'with the query in the order of its names',
    apply: ({ query }) => ({ query: ordered(query, (a, b) => (a < b ? -1 : 1)) }),
  },
  {
    kind: 'query',
    says: 'with the query in reverse order',
    apply: ({ query }) => ({ query: rejoined(pairsIn(query).toReversed()) }),
  },
  {
    kind: 'query',
    says: 'with the token in the address',
    apply: ({ token }) => ({ query: `?access_token=${encodeURIComponent(token)}` }),
  },
  {
    kind: 'query',
    says: 'with the token added to the query',
    apply: ({ query, token }) => ({ query: `${query}&access_token=${encodeURIComponent(token)}` }),
  },
  { kind: 'token', says: 'with the token decoded', apply: ({ token }) => ({ token: decoded(token) }) },
  { kind: 'token', says: 'with the token escaped', apply: ({ token }) => ({ token: encodeURIComponent(token) }) },
  {
    kind: 'token',
    says: 'with spaces for the plus signs of the token',
    apply: ({ token }) => ({ token: token.replaceAll('+', ' ') }),
  },
  { kind: 'token', says: 'with an empty token', apply: () => ({ token: '' }) },
  { kind: 'letters', says: 'with the address as it is spelt, not in upper case', apply: () => ({ letters: 'as-is' }) },
  { kind: 'letters', says: 'with the address in lower case', apply: () => ({ letters: 'lower' }) },
  { kind: 'letters', says: 'with only a to z in upper case', apply: () => ({ letters: 'upper-ascii' }) },
]

const tokenName = 'access_token'

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const pairsIn = (query: string): string[] => query.slice(1).split('&')
const nameIn = (pair: string): string => pair.split('=', 1)[0]?.toLowerCase() ?? ''
const rejoined = (pairs: readonly string[]): string => (pairs.length === 0 ? '' : `?${pairs.join('&')}`)
const kept = (query: string, isKept: (name: string) => boolean): string =>
  rejoined(pairsIn(query).filter((pair) => isKept(nameIn(pair))))
const ordered = (query: string, compare: (a: string, b: string) => number): string =>
  rejoined(pairsIn(query).sort((a, b) => compare(nameIn(a), nameIn(b))))
const tokenFirst = (a: string, b: string): number => Number(b === tokenName) - Number(a === tokenName)
const eachValue = (query: string, write: (value: string) => string): string =>
  query.replace(/=([^&]*)/g, (_, value: string) => `=${write(value)}`)
const asForm = (value: string): string => String(new URLSearchParams({ v: decoded(value) })).slice(2)
