const tokenParameters = /^access_token(_ttl)?(=|$)/

/**
 * Checks a WOPISrc, and takes from it what no WOPISrc carries: a token and a fragment. Throws a `TypeError` for what is
 * not an http(s) address.
 */
export function cleanWopiSrc(wopiSrc: string): string {
  const url = URL.canParse(wopiSrc) ? new URL(wopiSrc) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new TypeError('the WOPISrc is not an http or https address')
  if (url.username || url.password) throw new TypeError('the WOPISrc carries a user name or a password')
  url.hash = ''
  url.search = withoutToken(url.search)
  return url.href
}

/** The address of an operation, as it is sent and signed: the path goes before the query, the token into it. */
export function requestUrl(wopiSrc: string, path: string, token: string): string {
  const url = new URL(wopiSrc)
  url.pathname = url.pathname.replace(/\/+$/, '') + path
  const kept = withoutToken(url.search)
  url.search = `${kept}${kept ? '&' : ''}access_token=${encodeURIComponent(token)}`
  return url.href
}

/** The query of an address without its token, every other parameter spelt as it was. */
const withoutToken = (search: string): string =>
  search
    .replace(/^\?/, '')
    .split('&')
    .filter((parameter) => parameter !== '' && !tokenParameters.test(parameter))
    .join('&')
