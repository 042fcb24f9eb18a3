/** How far from its end a PDF says where its cross-references are, in bytes. */
const endings = 1024
/** The most bytes of a trailer that are read. */
const longestTrailer = 64 * 1024

/** Where the last cross-references of a PDF are, as its end says. `undefined`: it has no sound end. */
export function lastCrossReferences(file: Buffer): number | undefined {
  const end = file.subarray(Math.max(0, file.length - endings)).toString('latin1')
  const found = /startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(end)
  const at = Number(found?.[1] ?? Number.NaN)
  return at < file.length && kindAt(file, at) !== undefined ? at : undefined
}

/** Where the cross-references before those at `at` are. `undefined`: there are none, or they cannot be read. */
export function crossReferencesBefore(file: Buffer, at: number): number | undefined {
  const kind = kindAt(file, at)
  const from = kind === 'table' ? file.indexOf('trailer', at, 'latin1') : at
  if (kind === undefined || from < 0) return undefined
  const trailer = file.subarray(from, from + longestTrailer).toString('latin1')
  const end = trailer.search(kind === 'table' ? /startxref/ : /stream/)
  const found = /\/Prev\s+(\d{1,10})\b/.exec(end < 0 ? trailer : trailer.slice(0, end))
  return found ? Number(found[1]) : undefined
}

/** What is there: a table, or the stream that newer PDFs have instead. */
function kindAt(file: Buffer, at: number): 'table' | 'stream' | undefined {
  const beginning = file.subarray(at, at + 32).toString('latin1')
  if (/^\s*xref\s/.test(beginning)) return 'table'
  return /^\s*\d+\s+\d+\s+obj\b/.test(beginning) ? 'stream' : undefined
}
