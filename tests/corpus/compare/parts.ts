import { unzipSync } from 'fflate'

/** The parts of a package by their names, read by another program than the one that is looked at. */
export type Parts = ReadonlyMap<string, Uint8Array>

/** Opens a package. Throws what the reader throws where it is none. */
export const partsOf = (bytes: Uint8Array): Parts =>
  new Map(Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith('/')))

/** The text of a part; empty where there is no such part. Byte order marks count as text. */
export function textOfPart(parts: Parts, name: string): string {
  const bytes = parts.get(name)
  if (!bytes) return ''
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
}

export interface PartDifferences {
  readonly lost: readonly string[]
  readonly added: readonly string[]
  readonly changed: readonly string[]
}

/** Where two packages differ, byte by byte. */
export function comparePartBytes(before: Parts, after: Parts): PartDifferences {
  const lost = [...before.keys()].filter((name) => !after.has(name))
  const added = [...after.keys()].filter((name) => !before.has(name))
  const changed = [...before].flatMap(([name, bytes]) => {
    const other = after.get(name)
    return other && Buffer.compare(bytes, other) !== 0 ? [name] : []
  })
  return { lost, added, changed }
}
