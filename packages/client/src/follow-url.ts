import type { ClientOptions } from './client.ts'
import { BadAnswer } from './failures.ts'
import { cleanWopiSrc } from './request-url.ts'

/**
 * What a client needs for what is behind a `Url` that a host gave, of a new file or a container: its WOPISrc and its
 * token, and for the rest what `from` says. Throws a `BadAnswer` for another origin and for a `Url` without a token.
 */
export function followUrl(from: ClientOptions, url: string): ClientOptions {
  if (!URL.canParse(url)) throw new BadAnswer('the host gave a Url that is no address')
  const target = new URL(url)
  const { origin } = new URL(from.wopiSrc)
  if (target.origin !== origin) throw new BadAnswer(`the host at ${origin} gave a Url at ${target.origin}`)
  const accessToken = target.searchParams.get('access_token')
  if (!accessToken) throw new BadAnswer('the host gave a Url without an access token')
  return { ...from, wopiSrc: cleanWopiSrc(url), accessToken }
}
