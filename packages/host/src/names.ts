/** The most bytes of UTF-8 that a name may have, as file systems count them. */
export const longestName = 255

const forbidden = /[\p{Cc}\p{Cs}\\/:*?"<>|\u2028\u2029]/u
// Windows ignores the blanks before the dot.
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i
/** What follows the last dot of a long sentence says nothing about a file. With less, each name has room for a number. */
const longestExtension = 64
const longestUserName = 64
const bytesOf = (name: string) => new TextEncoder().encode(name).byteLength

/** A name that every file system and every client can carry: no path, no control characters, no reserved device. */
export function isValidName(name: string): boolean {
  return (
    name !== '' &&
    !forbidden.test(name) &&
    !reserved.test(name) &&
    !/^[. ]|^~\$|[. ]$/.test(name) &&
    name === name.normalize('NFC') &&
    bytesOf(name) <= longestName
  )
}

/** Name and extension: `report.final.docx` is `report.final` and `.docx`. An extension has 64 bytes at most. */
export function splitName(name: string): { readonly base: string; readonly extension: string } {
  const dot = name.lastIndexOf('.')
  const isExtension = dot > 0 && bytesOf(name.slice(dot)) <= longestExtension
  return isExtension ? { base: name.slice(0, dot), extension: name.slice(dot) } : { base: name, extension: '' }
}

/** The valid name nearest to `wanted`: a valid name as it is. Its extension is kept. */
export function repairName(wanted: string): string {
  const cleaned = wanted
    .normalize('NFC')
    .replace(new RegExp(forbidden, 'gu'), '_')
    .replace(/^(~\$|[. ])+/, '')
    .replace(/[. ]+$/, '')
  const { base, extension } = splitName(cleaned)
  const short = fit(base || 'document', extension)
  return reserved.test(short) ? fit(`_${base}`, extension) : short
}

/** Base and end, the base shortened until they fit together. */
function fit(base: string, end: string): string {
  return shortened(base, longestName - bytesOf(end)) + end
}

/** Without its last characters, as many as are too many bytes, and the blanks and dots before them. None is cut in two. */
function shortened(text: string, most: number): string {
  if (bytesOf(text) <= most) return text
  const characters = [...text]
  let bytes = bytesOf(text)
  while (bytes > most) bytes -= bytesOf(characters.pop() ?? '')
  return characters.join('').replace(/[. ]+$/, '')
}

/** `report.docx`, `report (2).docx`, `report (3).docx`, …: whoever takes one stops. */
export function* nextFreeNames(name: string): Generator<string> {
  yield name
  const { base, extension } = splitName(name)
  for (let number = 2; number < 10_000; number++) {
    const next = fit(base, ` (${number})${extension}`)
    // A shortened name that ends in this number already.
    if (next !== name) yield next
  }
}

/** The names for a copy that takes someone's saves because the file itself was changed from outside. */
export function conflictNames(name: string, userName: string, now: number): Generator<string> {
  const { base, extension } = splitName(name)
  const day = new Date(now).toISOString().slice(0, 10)
  const why = ` (conflict ${`${day} ${shortened(userName, longestUserName)}`.trimEnd()})`
  return nextFreeNames(repairName(fit(base, why + extension)))
}
