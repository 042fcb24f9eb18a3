import type { PageRequest } from '@openwopi/host'
import type { Database, SqlValue, Statement } from './database.ts'
import type { Entry } from './entries.ts'
import { folded } from './names.ts'

/** One stretch of what the index has of a folder. */
export interface Rows {
  readonly rows: readonly Entry[]
  readonly next?: string
}

/** Reads the index page by page. */
export interface Pages {
  /** Throws a `RangeError` if `request.after` is not where a page has ended. */
  page(folderId: string, request: PageRequest): Rows
  /** Containers and files in all. */
  total(folderId: string): number
}

/** Where a page ends: the last row's kind, and what it is sorted by. */
type Cursor = readonly [isFolder: 0 | 1, key: number | string, name: string]

const mostRows = 1000

/** Folders come first, and have no order but that of their names. */
export function openPages(database: Database): Pages {
  const statements = new Map<string, Statement<Entry>>()
  const count = database.prepare<{ total: number }>(
    `SELECT count(*) AS total FROM entries WHERE parent = ? AND state = 'here'`,
  )

  function rowsAfter(folderId: string, request: PageRequest, cursor: Cursor | undefined, isFolder: 0 | 1): Entry[] {
    const key =
      isFolder || !request.sort || request.sort === 'name'
        ? 'folded'
        : { modifiedAt: 'modifiedAt', size: 'size' }[request.sort]
    const [order, than] = request.descending ? ['DESC', '<'] : ['ASC', '>']
    const isWithin = cursor?.[0] === isFolder
    const sql = `SELECT * FROM entries WHERE parent = ? AND isFolder = ? AND state = 'here' ${
      isWithin ? `AND (${key}, name) ${than} (?, ?)` : ''
    } ORDER BY ${key} ${order}, name ${order} LIMIT ?`
    const statement = statements.get(sql) ?? database.prepare<Entry>(sql)
    statements.set(sql, statement)
    const from: SqlValue[] = isWithin ? [cursor[1], cursor[2]] : []
    return statement.all(folderId, isFolder, ...from, limitOf(request) + 1)
  }

  return {
    total: (folderId) => count.get(folderId)?.total ?? 0,
    page(folderId, request) {
      const cursor = request.after === undefined ? undefined : fromCursor(request.after)
      const limit = limitOf(request)
      const containers = cursor?.[0] === 0 ? [] : rowsAfter(folderId, request, cursor, 1)
      const files = containers.length > limit ? [] : rowsAfter(folderId, request, cursor, 0)
      const all = [...containers, ...files]
      const rows = all.slice(0, limit)
      const last = rows.at(-1)
      return { rows, ...(all.length > limit && last && { next: toCursor(last, request) }) }
    },
  }
}

const limitOf = ({ limit }: PageRequest) => Math.min(mostRows, Math.max(1, Math.floor(limit)))

function toCursor({ isFolder, name, modifiedAt, size }: Entry, { sort }: PageRequest): string {
  const key = isFolder || !sort || sort === 'name' ? folded(name) : { modifiedAt, size }[sort]
  return Buffer.from(JSON.stringify([isFolder, key, name])).toString('base64url')
}

function fromCursor(text: string): Cursor {
  const [isFolder, key, name]: unknown[] = parsed(text)
  const isCursor =
    (isFolder === 0 || isFolder === 1) &&
    (typeof key === 'string' || typeof key === 'number') &&
    typeof name === 'string'
  if (!isCursor) throw new RangeError('this is not where a page ended')
  return [isFolder, key, name]
}

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
