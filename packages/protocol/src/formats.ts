import { decodeUtf7, encodeUtf7 } from './utf7.ts'

/** How a value is spelt inside a header. Decoding a malformed one throws a `SyntaxError`. */
export interface Format<T> {
  readonly name: string
  decode(raw: string): T
  encode(value: T): string
}

/** Text that both ends pass on unchanged. What a header cannot carry becomes `?`. */
export const text: Format<string> = {
  name: 'text',
  decode: (raw) => raw,
  encode: (value) => value.replace(/[^\x20-\x7e]/g, '?'),
}

/** `true` or `false` in any case. */
export const flag: Format<boolean> = {
  name: 'true | false',
  decode(raw) {
    const value = raw.toLowerCase()
    if (value !== 'true' && value !== 'false') throw new SyntaxError('neither true nor false')
    return value === 'true'
  },
  encode: String,
}

/** True whenever the header is there at all, whatever it says. */
export const presence: Format<boolean> = { name: 'presence', decode: () => true, encode: () => 'true' }

/** A whole number that is not negative. */
export const integer: Format<number> = {
  name: 'integer',
  decode(raw) {
    const value = Number(raw)
    if (!/^\d+$/.test(raw) || !Number.isSafeInteger(value)) throw new SyntaxError('not a whole number')
    return value
  },
  encode: String,
}

/** For how many seconds a lock is to bind: from 60 to 3,600. */
export const lockTimeout: Format<number> = {
  name: 'seconds from 60 to 3600',
  decode(raw) {
    const seconds = integer.decode(raw)
    if (seconds < 60 || seconds > 3600) throw new SyntaxError('not from 60 to 3600')
    return seconds
  },
  encode: String,
}

/** A comma-separated list. Empty items are dropped. */
export const list: Format<readonly string[]> = {
  name: 'comma-separated list',
  decode: (raw) =>
    raw
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  encode: (items) => text.encode(items.join(',')),
}

/** Text in UTF-7, as file names are sent. */
export const utf7: Format<string> = { name: 'UTF-7 text', decode: decodeUtf7, encode: encodeUtf7 }

/** The most characters a lock id may have. */
export const longestLockId = 1024

function checkedLockId(value: string): string {
  if (value.length > longestLockId) throw new SyntaxError(`longer than ${longestLockId} characters`)
  if (!/^[\x20-\x7e]+$/.test(value)) throw new SyntaxError('not printable ASCII')
  return value
}

/** A lock id: 1 to 1,024 printable ASCII characters, compared byte for byte. */
export const lockId: Format<string> = { name: 'lock id', decode: checkedLockId, encode: checkedLockId }
