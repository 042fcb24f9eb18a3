import type { Package } from './package.ts'
import type { ZipEntry } from './zip-entry.ts'

/** A part that two packages do not have in common. */
export interface Difference {
  readonly name: string
  readonly is: 'added' | 'removed' | 'changed'
}

/** How `after` differs from `before`, part by part; how a part is packed makes no difference. */
export function comparePackages(before: Package, after: Package): readonly Difference[] {
  const removed = before.names.filter((name) => !after.has(name))
  const added = after.names.filter((name) => !before.has(name))
  const entries = (from: Package) => new Map(from.directory.entries.map((entry) => [entry.name, entry]))
  const [old, now] = [entries(before), entries(after)]
  const changed = before.names.filter((name) => {
    const [one, other] = [old.get(name), now.get(name)]
    return one && other && !isSame({ from: before, entry: one }, { from: after, entry: other })
  })
  return [
    ...removed.map((name) => ({ name, is: 'removed' as const })),
    ...added.map((name) => ({ name, is: 'added' as const })),
    ...changed.map((name) => ({ name, is: 'changed' as const })),
  ]
}

interface Stored {
  readonly from: Package
  readonly entry: ZipEntry
}

/** Looks at the packed bytes first: a part that was copied need not be unpacked. */
function isSame(one: Stored, other: Stored): boolean {
  if (one.entry.size !== other.entry.size || one.entry.crc !== other.entry.crc) return false
  const isCopied = one.entry.method === other.entry.method && equalBytes(packed(one), packed(other))
  return isCopied || equalBytes(one.from.read(one.entry.name), other.from.read(other.entry.name))
}

const packed = ({ from, entry: { dataStart, packedSize } }: Stored): Uint8Array =>
  from.bytes.subarray(dataStart, dataStart + packedSize)

/** Whether two runs of bytes are the same. */
export const equalBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index])
