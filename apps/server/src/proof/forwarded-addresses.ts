import type { ProvenRequest } from '@openwopi/host'

/**
 * What a client may have called, as the headers of a proxy tell: a proxy that changes names signs nothing itself. Only for
 * requests whose `X-Forwarded-…` headers are believed.
 */
export function forwardedAddresses({ url, headers }: Pick<ProvenRequest, 'url' | 'headers'>): readonly string[] {
  const [, scheme = '', host = '', path = ''] = /^(https?):\/\/([^/]+)(.*)$/.exec(url) ?? []
  const last = (name: string, shape: RegExp) => {
    const value = headers.get(name)?.split(',').at(-1)?.trim() ?? ''
    return shape.test(value) ? value : undefined
  }
  const prefix = last('X-Forwarded-Prefix', /^(\/[\w.~-]+)+$/) ?? ''
  const address = [
    last('X-Forwarded-Proto', /^https?$/) ?? scheme,
    '://',
    last('X-Forwarded-Host', /^[\w.:[\]-]+$/) ?? host,
    path.startsWith(`${prefix}/`) ? '' : prefix,
    path,
  ].join('')
  return address === url || scheme === '' ? [] : [address]
}
