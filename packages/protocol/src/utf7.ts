const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Control characters and surrogates that have lost their other half. */
const unfit = /[\p{Cc}\p{Cs}]/u

/** Text as UTF-7 (RFC 2152). Throws a `SyntaxError` for control characters and lone surrogates. */
export function encodeUtf7(value: string): string {
  refuseUnfit(value)
  // Only what every decoder takes as it is stays as it is, and every run is closed, needed or not. A space at either
  // end would be taken for the white space around a header's value.
  return value.replace(/\+|^ +| +$|[^A-Za-z0-9'(),./:? +-]+/g, (run) =>
    run === '+' ? '+-' : `+${base64OfUnits(run)}-`,
  )
}

/** Text from UTF-7 (RFC 2152), as a header of Latin-1 characters holds it. A malformed one throws a `SyntaxError`. */
export function decodeUtf7(raw: string): string {
  const value = raw.replace(/\+([A-Za-z0-9+/]*)(-?)|[^\0-\x7f]+/g, (found, run?: string, end?: string) => {
    if (run === undefined) return utf8Of(found)
    if (run !== '') return unitsOfBase64(run)
    if (end === '-') return '+'
    throw new SyntaxError('not UTF-7: nothing follows a +')
  })
  refuseUnfit(value)
  return value
}

function refuseUnfit(value: string): void {
  if (unfit.test(value)) throw new SyntaxError('not UTF-7: it holds a control character or half a character')
}

function base64OfUnits(run: string): string {
  let bytes = ''
  for (let at = 0; at < run.length; at++) {
    const unit = run.charCodeAt(at)
    bytes += String.fromCharCode(unit >> 8, unit & 0xff)
  }
  return btoa(bytes).replaceAll('=', '')
}

function unitsOfBase64(run: string): string {
  let value = ''
  let bits = 0
  let count = 0
  for (const digit of run) {
    bits = (bits << 6) | alphabet.indexOf(digit)
    count += 6
    if (count < 16) continue
    count -= 16
    value += String.fromCharCode(bits >> count)
    bits &= (1 << count) - 1
  }
  // What is left over fills the last digit: fewer bits than a digit has, and all zero.
  if (count > 5 || bits !== 0) throw new SyntaxError('not UTF-7: a run does not end where a character does')
  return value
}

/** Some clients and proxies put UTF-8 into the header as it is; Latin-1 is how HTTP hands its bytes on. */
function utf8Of(latin1: string): string {
  const bytes = Uint8Array.from(latin1, (character) => {
    const code = character.charCodeAt(0)
    if (code > 0xff) throw new SyntaxError('not UTF-7: not a character of a header')
    return code
  })
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new SyntaxError('not UTF-7: its other bytes are not UTF-8', { cause })
  }
}
