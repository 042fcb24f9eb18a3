import { httpUrl } from './http-url.ts'
import { type ResourceKind, roots } from './operations/operation.ts'
import { decodeSegment } from './segment.ts'

/** The address of a resource: `wopiSrc('https://host/wopi', 'file', '42')` is `https://host/wopi/files/42`. */
export const wopiSrc = (base: string, on: ResourceKind, id: string): string =>
  base.replace(/\/+$/, '') + roots[on].replace(':id', encodeURIComponent(id))

/** What a WOPISrc names. */
export interface WopiSrcParts {
  /** The WOPI base path with its origin: `https://host/wopi`. */
  readonly base: string
  readonly on: ResourceKind
  readonly id: string
}

/** A segment that starts with `wopi` stands directly before the kind of resource. */
const shapes = (Object.keys(roots) as ResourceKind[]).map((on) => ({
  on,
  pattern: new RegExp(`^(/(?:[^/]+/)*wopi[^/]*)${roots[on].replace(':id', '([^/]+)')}$`, 'i'),
}))

/** Takes a WOPISrc apart. `undefined`: it is none. */
export function readWopiSrc(url: string): WopiSrcParts | undefined {
  const parsed = httpUrl(url)
  if (parsed?.username !== '' || parsed.password !== '' || /[?#]/.test(url)) return undefined
  for (const { on, pattern } of shapes) {
    const found = pattern.exec(parsed.pathname)
    if (!found) continue
    const [, path = '', rawId = ''] = found
    const id = decodeSegment(rawId)
    if (id !== undefined) return { base: parsed.origin + path, on, id }
  }
  return undefined
}
