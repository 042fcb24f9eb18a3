/** What an editor notes of a document for itself. */
const noise = /^(_.*|paraId|textId|rId|id|bookmarks|bookmarkId)$/

/**
 * Where two documents of the editor differ, as a path; names and notes of the editor make no difference. `undefined`: they
 * show the same.
 */
export function documentDifference(one: unknown, other: unknown, path = ''): string | undefined {
  if (one === other || (isEmpty(one) && isEmpty(other))) return undefined
  if (!isRecord(one) || !isRecord(other)) return path
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = noise.test(key) ? undefined : documentDifference(one[key], other[key], `${path}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
