import type { Field } from './field.ts'

/** A GUID of zeros. */
export const nullGuid = '00000000-0000-0000-0000-000000000000'

const shape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text is a GUID, in letters of any case and without braces. */
export const isGuid = (text: string): boolean => shape.test(text)

/** Where the bytes of a GUID stand on the wire, in the order in which they are printed: the first three numbers are little-endian. */
const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The GUID that 16 bytes of the wire are. */
export function guidOf(bytes: Uint8Array): string {
  let text = ''
  for (const [index, at] of order.entries()) {
    text += hex[bytes[at] ?? 0]
    if (index === 3 || index === 5 || index === 7 || index === 9) text += '-'
  }
  return text
}

/** The 16 bytes that a GUID is on the wire. */
export function guidBytes(guid: string): Uint8Array {
  if (!isGuid(guid)) throw new RangeError(`${guid} is no GUID`)
  const digits = guid.replaceAll('-', '')
  const bytes = new Uint8Array(16)
  for (const [index, at] of order.entries()) bytes[at] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16)
  return bytes
}

/** A GUID: 16 bytes, and in text lower case without braces. */
export const guid: Field<string> = {
  read: (reader) => guidOf(reader.take(16)),
  write: (writer, value) => writer.bytes(guidBytes(value)),
}
