/** What an editor notes of a document for itself. */
const noise = /^(_.*|paraId|textId|rId|id|bookmarks|bookmarkId)$/
/** What text has from its style where it has none of its own: the editor writes it out for text that it has read. */
const inherited: ReadonlySet<unknown> = new Set(['fontFamily', 'fontSize'])

/**
 * Where a document of the editor differs from what it would read again, as a path; names and notes of the editor make no
 * difference. `undefined`: they show the same.
 */
export function documentDifference(shown: unknown, read: unknown, path = ''): string | undefined {
  if (shown === read || (isEmpty(shown) && isEmpty(read))) return undefined
  if (!isRecord(shown) || !isRecord(read)) return path
  for (const key of new Set([...Object.keys(shown), ...Object.keys(read)])) {
    if (noise.test(key)) continue
    const inside = `${path}/${key}`
    const found =
      key === 'marks' && path !== ''
        ? marksDifference(listOf(shown[key]), listOf(read[key]), inside)
        : documentDifference(shown[key], read[key], inside)
    if (found !== undefined) return found
  }
  return undefined
}

function marksDifference(shown: readonly unknown[], read: readonly unknown[], path: string): string | undefined {
  const types = new Set(shown.map(typeOf))
  const known = read.filter((mark) => types.has(typeOf(mark)) || !inherited.has(typeOf(mark)))
  return documentDifference({ ...inOrder(shown) }, { ...inOrder(known) }, path)
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const inOrder = (marks: readonly unknown[]): readonly unknown[] =>
  [...marks].sort((one, other) => String(typeOf(one)).localeCompare(String(typeOf(other))))
const typeOf = (mark: unknown): unknown => (isRecord(mark) ? mark['type'] : undefined)
