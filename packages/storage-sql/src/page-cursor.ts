import type { PageRequest } from '@openwopi/host'
import type { Entry } from './entries.ts'
import { fileKind, folderKind } from './tables.ts'

/** Where a page ends: the last row's kind, and what it is sorted by. */
export interface Cursor {
  readonly kind: number
  readonly key: number | string
  readonly name: string
}

/** The column by which rows of this kind are sorted. Folders have no order but that of their names. */
export const keyOf = (kind: number, { sort }: PageRequest): 'sort_key' | 'modified_at' | 'size' => {
  if (kind === folderKind || !sort || sort === 'name') return 'sort_key'
  return sort === 'size' ? 'size' : 'modified_at'
}

/** The end of a page whose last row this is, as clients are given it. */
export function toCursor(last: Entry, request: PageRequest): string {
  const key = last[keyOf(last.kind, request)]
  return Buffer.from(JSON.stringify([last.kind, key, last.name])).toString('base64url')
}

/** The end of a page in the same order, as a client has given it back. Throws a `RangeError` if it is none. */
export function fromCursor(text: string, request: PageRequest): Cursor {
  const [kind, key, name] = parsed(text)
  if ((kind === folderKind || kind === fileKind) && typeof name === 'string' && !name.includes('\0')) {
    const isText = keyOf(kind, request) === 'sort_key'
    if (isText && typeof key === 'string' && !key.includes('\0')) return { kind, key, name }
    if (!isText && Number.isSafeInteger(key)) return { kind, key: Number(key), name }
  }
  throw new RangeError('this is not where a page ended')
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
