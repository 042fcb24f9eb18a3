/** Why a WOPISrc is not opened. */
export type Refusal = 'malformed' | 'not-allowed'

export interface AllowedHosts {
  /** The origins, as they are compared. */
  readonly origins: readonly string[]
  /** The address to call, normalised, or why none is called. */
  check(wopiSrc: string): { readonly wopiSrc: string } | { readonly refusal: Refusal }
}

/** `/wopi…/files/{id}` under any prefix. */
const filePath = /^(\/[^/]+)*\/wopi[^/]*\/files\/[^/]+$/i

/**
 * The one gate between what a browser names and what this client calls. An allow list of exact origins answers for names
 * and address ranges too: nothing that is not on it is ever looked up.
 */
export function allowedHosts(hosts: readonly string[]): AllowedHosts {
  const origins = hosts.map((host) => new URL(host).origin)
  return {
    origins,
    check(raw) {
      const url = fileAddress(raw)
      if (!url) return { refusal: 'malformed' }
      return origins.includes(url.origin) ? { wopiSrc: url.href } : { refusal: 'not-allowed' }
    },
  }
}

function fileAddress(raw: string): URL | undefined {
  if (/[\s\\#]/.test(raw) || !URL.canParse(raw)) return undefined
  const url = new URL(raw)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  const hasExtras = url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== ''
  return isWeb && !hasExtras && filePath.test(url.pathname) ? url : undefined
}
