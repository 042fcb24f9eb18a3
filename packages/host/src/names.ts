/** The most bytes of UTF-8 that a name may have, as file systems count them. */
export const longestName = 255

const forbidden = /[\p{Cc}\p{Cs}\\/:*?"<>|\u2028\u2029]/u
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i
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

/** Name and extension: `report.final.docx` is `report.final` and `.docx`. */
export function splitName(name: string): { readonly base: string; readonly extension: string } {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? { base: name, extension: '' } : { base: name.slice(0, dot), extension: name.slice(dot) }
}

/** The valid name nearest to `wanted`. Its extension is kept. */
export function repairName(wanted: string): string {
  const cleaned = wanted
    .normalize('NFC')
    .replace(new RegExp(forbidden, 'gu'), '_')
    .replace(/^(~\$|[. ])+/, '')
    .replace(/[. ]+$/, '')
  const { base, extension } = splitName(cleaned)
  const named = reserved.test(cleaned) ? `_${base}` : base
  return fit(named || 'document', extension)
}

/** Shortens the base until name and extension fit. Never cuts a character in two. */
function fit(base: string, extension: string): string {
  const room = bytesOf(extension) < longestName ? extension : ''
  const characters = [...base]
  while (characters.length > 1 && bytesOf(characters.join('') + room) > longestName) characters.pop()
  return characters.join('').replace(/[. ]+$/, '') + room
}

/** `report.docx`, `report (2).docx`, `report (3).docx`, …: whoever takes one stops. */
export function* nextFreeNames(name: string): Generator<string> {
  yield name
  const { base, extension } = splitName(name)
  for (let number = 2; number < 10_000; number++) yield fit(base, ` (${number})${extension}`)
}

/** The names for a copy that takes someone's saves because the file itself was changed from outside. */
export function conflictNames(name: string, userName: string, now: number): Generator<string> {
  const { base, extension } = splitName(name)
  const day = new Date(now).toISOString().slice(0, 10)
  return nextFreeNames(repairName(`${base} (conflict ${day}${userName ? ` ${userName}` : ''})${extension}`))
}
