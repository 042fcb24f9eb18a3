import { DocumentError } from './document-error.ts'
import type { Package } from './package.ts'
import { type WrittenEntry, writeEntry } from './write-entry.ts'
import { viewOf, type ZipEntry, zip } from './zip-entry.ts'

/** What becomes of parts: their new bytes; `undefined` takes a part away. */
export type PartChanges = ReadonlyMap<string, Uint8Array | undefined>

/** The largest archive without the extensions of Zip64, which not every program reads. */
const longestArchive = 0xffff_fffe

/**
 * The package with some of its parts changed. Entries that are not named keep their bytes and their order, packed as they
 * are; changed ones stay in their place; new ones come last.
 */
export function patchPackage({ bytes, directory }: Package, changes: PartChanges): Uint8Array {
  const known = new Set(directory.entries.map(({ name }) => name))
  const byPlace = [...directory.entries].sort((one, other) => one.start - other.start)
  const parts = new Map<string, WrittenEntry>()
  for (const entry of byPlace) {
    const written = changes.has(entry.name) ? changed(entry, changes.get(entry.name)) : copied(entry, bytes)
    if (written) parts.set(entry.name, written)
  }
  const added = [...changes].filter(([name, content]) => content && !known.has(name))
  for (const [name, content = new Uint8Array()] of added) parts.set(name, writeEntry(name, content))
  const order = [...directory.entries.map(({ name }) => name), ...added.map(([name]) => name)]
  const prefix = bytes.subarray(0, byPlace[0]?.start ?? 0)
  return assemble({ prefix, parts, order, comment: directory.comment })
}

const changed = (entry: ZipEntry, content: Uint8Array | undefined): WrittenEntry | undefined =>
  content && writeEntry(entry.name, content, entry)

const copied = ({ start, end, record }: ZipEntry, bytes: Uint8Array): WrittenEntry => ({
  local: bytes.subarray(start, end),
  record: record.slice(),
})

interface Layout {
  readonly prefix: Uint8Array
  /** In the order in which they lie. */
  readonly parts: ReadonlyMap<string, WrittenEntry>
  /** Names in the order of the directory. */
  readonly order: readonly string[]
  readonly comment: Uint8Array
}

function assemble({ prefix, parts, order, comment }: Layout): Uint8Array {
  const pieces: Uint8Array[] = [prefix]
  let at = prefix.length
  for (const { local, record } of parts.values()) {
    viewOf(record).setUint32(42, at, true)
    pieces.push(local)
    at += local.length
  }
  const records = order.flatMap((name) => parts.get(name)?.record ?? [])
  const size = records.reduce((sum, { length }) => sum + length, 0)
  if (at + size > longestArchive || records.length >= 0xffff) {
    throw new DocumentError('too-large', 'This document has become too large to be saved.')
  }
  return joined([...pieces, ...records, endRecord({ start: at, size, count: records.length, comment })])
}

interface End {
  readonly start: number
  readonly size: number
  readonly count: number
  readonly comment: Uint8Array
}

function endRecord({ start, size, count, comment }: End): Uint8Array {
  const record = new Uint8Array(zip.endLength + comment.length)
  const view = viewOf(record)
  view.setUint32(0, zip.end, true)
  view.setUint16(8, count, true)
  view.setUint16(10, count, true)
  view.setUint32(12, size, true)
  view.setUint32(16, start, true)
  view.setUint16(20, comment.length, true)
  record.set(comment, zip.endLength)
  return record
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
