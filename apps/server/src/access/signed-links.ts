import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyFor } from './secrets.ts'

/** Milliseconds for which a link works at most. */
const lifetime = 15 * 60_000

/** Addresses that let their bearer read one thing for a short while, and nothing else. They hold no access token. */
export interface SignedLinks {
  /** What the paths of these links begin with. */
  readonly path: string
  /** Path and query of the link to what has this id. It works no longer than until `until`, in milliseconds since the epoch. */
  link(id: string, bearer: string, until: number): string
  /** What a link leads to, and whose it is. `undefined`: it is not a good one, or not any more. */
  read(url: string): Linked | undefined
}

/** What a good link says. */
export interface Linked {
  readonly id: string
  readonly bearer: string
}

/** The signed links of a server. */
export interface LinksByPurpose {
  /** To files, for people. */
  readonly downloads: SignedLinks
  /** To files, for clients. */
  readonly contents: SignedLinks
  /** To what empty files start as, by the ids of these. */
  readonly templateLinks: SignedLinks
}

/** Each kind has a key of its own, made from the server's. */
export function signedLinksOf(key: Uint8Array, now: () => number): LinksByPurpose {
  const under = (path: string) => signedLinks(path, keyFor(`links under ${path}`, key), now)
  return { downloads: under('/download'), contents: under('/wopicontents'), templateLinks: under('/wopitemplates') }
}

/** Links under `path`. Those made with another key are worth nothing here. */
function signedLinks(path: string, key: Uint8Array, now: () => number): SignedLinks {
  const sign = (...parts: readonly string[]) => createHmac('sha256', key).update(JSON.stringify(parts)).digest()

  return {
    path,
    link(id, bearer, until) {
      const expires = String(Math.min(now() + lifetime, until))
      const signature = sign(id, bearer, expires).toString('base64url')
      return `${path}/${encodeURIComponent(id)}?${new URLSearchParams({ user: bearer, expires, signature })}`
    },
    read(url) {
      const { pathname, searchParams } = new URL(url, 'http://host')
      const id = lastOf(pathname)
      const [bearer = '', expires = '', signature = ''] = names.map((name) => searchParams.get(name) ?? '')
      if (id === undefined || bearer === '' || !(Number(expires) > now())) return undefined
      const expected = sign(id, bearer, expires)
      const given = Buffer.from(signature, 'base64url')
      return given.length === expected.length && timingSafeEqual(given, expected) ? { id, bearer } : undefined
    },
  }
}

const names = ['user', 'expires', 'signature']

function lastOf(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1))
  } catch {
    // Not how a path of ours is spelt.
    return undefined
  }
}
