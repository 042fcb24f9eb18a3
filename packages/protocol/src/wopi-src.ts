import { type ResourceKind, roots } from './operations/operation.ts'

/** The address of a resource: `wopiSrc('https://host/wopi', 'file', '42')` is `https://host/wopi/files/42`. */
export const wopiSrc = (base: string, on: ResourceKind, id: string): string =>
  base.replace(/\/+$/, '') + roots[on].replace(':id', encodeURIComponent(id))
