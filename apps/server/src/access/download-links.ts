import { createHmac, timingSafeEqual } from 'node:crypto'

/** Milliseconds for which a link works without a session. */
const lifetime = 15 * 60_000

/** Addresses that let their bearer download one file for a short while, and nothing else. */
export interface DownloadLinks {
  /** Path and query of the link. */
  link(fileId: string, userId: string): string
  /** The user whose link this is. `undefined`: it is not a good one, or not any more. */
  userOf(fileId: string, query: URLSearchParams): string | undefined
}

export function downloadLinks(key: Uint8Array, now: () => number): DownloadLinks {
  const sign = (fileId: string, userId: string, expires: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([fileId, userId, expires]))
      .digest()

  return {
    link(fileId, userId) {
      const expires = String(now() + lifetime)
      const signature = sign(fileId, userId, expires).toString('base64url')
      return `/download/${encodeURIComponent(fileId)}?${new URLSearchParams({ user: userId, expires, signature })}`
    },
    userOf(fileId, query) {
      const [userId, expires, signature] = ['user', 'expires', 'signature'].map((name) => query.get(name) ?? '')
      if (!userId || !expires || !signature) return undefined
      const expected = sign(fileId, userId, expires)
      const given = Buffer.from(signature, 'base64url')
      const isGood = given.length === expected.length && timingSafeEqual(given, expected)
      return isGood && Number(expires) > now() ? userId : undefined
    },
  }
}
