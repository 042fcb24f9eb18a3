/**
 * No whole answer came: the host was not reached, the connection broke, or nothing moved for too long. Whether the
 * host did what it was asked is not known.
 */
export class WopiUnreachable extends Error {
  override readonly name = 'WopiUnreachable'
}

/** What answered does not speak WOPI as it should: a redirect, an answer that cannot be read, or one that never ends. */
export class BadAnswer extends Error {
  override readonly name = 'BadAnswer'
}

/** The innermost reason an error gives: `fetch failed` says nothing, its cause says `connect ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return error.message || ('code' in error ? String(error.code) : error.name)
}

/** The failure of a request to `url`, told without the token in it. */
export const unreachable = (url: string, cause: unknown): WopiUnreachable =>
  new WopiUnreachable(`${new URL(url).origin} cannot be reached: ${reasonOf(cause)}`, { cause })
