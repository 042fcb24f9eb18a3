/** A GUID as it is printed: lower case, in groups, without braces. */
export type Guid = string

/** The GUID of zeroes. */
export const nullGuid: Guid = '00000000-0000-0000-0000-000000000000'

/** On the wire the first three groups are little-endian: this is where each printed byte comes from. */
const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const

/** A GUID as its 16 bytes. Throws a `TypeError` for what is none. */
export function guidBytes(guid: Guid): Uint8Array {
  const hex = guid.replaceAll('-', '')
  if (!/^[\da-f]{32}$/i.test(hex)) throw new TypeError(`${guid} is not a GUID`)
  return Uint8Array.from(order, (at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

/** The GUID that 16 bytes are. */
export function guidOf(bytes: Uint8Array): Guid {
  const hex = order.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
