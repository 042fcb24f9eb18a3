import { joined } from './answer.ts'

/** A number of two or four bytes at its place in a record. */
type Field = readonly [at: number, size: 2 | 4, value: number]

function record(length: number, fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  for (const [at, size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
  }
  return bytes
}

/** A zip archive that stores these entries as they are, which is all that cutting it into chunks depends on. */
export function storedZip(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const [title, { length }] of Object.entries(entries)) {
    const name = new TextEncoder().encode(title)
    const sizes = (from: number): Field[] => [
      [from, 4, length],
      [from + 4, 4, length],
      [from + 8, 2, name.length],
    ]
    const local = record(30, [[0, 4, 0x04034b50], ...sizes(18)])
    directory.push(record(46, [[0, 4, 0x02014b50], ...sizes(20), [42, 4, at]]), name)
    parts.push(local, name, entries[title] ?? new Uint8Array())
    at += local.length + name.length + length
  }
  const central = joined(directory)
  const count = Object.keys(entries).length
  const end = record(22, [
    [0, 4, 0x06054b50],
    [8, 2, count],
    [10, 2, count],
    [12, 4, central.length],
    [16, 4, at],
  ])
  return joined([...parts, central, end])
}
