import { DocumentError, damaged } from './document-error.ts'
import { type PackageLimits, ratioMattersFrom } from './limits.ts'
import { viewOf, type ZipEntry, zip } from './zip-entry.ts'

/** The directory of an archive: where it lies, and what it lists. */
export interface Directory {
  /** In the order of the directory. */
  readonly entries: readonly ZipEntry[]
  readonly start: number
  /** What a person may have written about the archive; copied unread. */
  readonly comment: Uint8Array
}

type Listed = Omit<ZipEntry, 'end' | 'dataStart'> & { readonly flags: number }

/**
 * Reads the directory of an archive, and believes none of it: records and headers must agree, entries must lie one after
 * the other, names must be plain and different. Throws `DocumentError`.
 */
export function readDirectory(bytes: Uint8Array, limits: PackageLimits): Directory {
  if (bytes.length > limits.packageSize) throw tooLarge()
  refuseOldFormat(bytes)
  const view = viewOf(bytes)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) throw unsupported('spans files')
  if (count === 0xffff || start === 0xffffffff) throw unsupported('is in the Zip64 format')
  if (count > limits.entries) throw tooLarge()
  if (start + size !== end) throw damaged('its table of contents is not where it should be')
  const listed = readRecords(bytes, { start, end, count })
  checkNames(listed)
  checkSizes(listed, limits)
  return { entries: placed(listed, bytes, start), start, comment: bytes.subarray(end + zip.endLength) }
}

const tooLarge = () => new DocumentError('too-large', 'This document is too large to be opened here.')
const unsupported = (what: string) =>
  new DocumentError('unsupported', `This document ${what}, which cannot be opened here.`)

/** Encrypted documents, and those of Office 97, are compound files. */
function refuseOldFormat(bytes: Uint8Array): void {
  const isCompound = [0xd0, 0xcf, 0x11, 0xe0].every((byte, index) => bytes[index] === byte)
  if (!isCompound) return
  const message = 'This document is protected by a password, or in the format of Office 97: neither can be opened here.'
  throw new DocumentError('protected', message)
}

/** The last record, after which nothing but its own comment may come. */
function findEnd(view: DataView): number {
  const last = view.byteLength - zip.endLength
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (
      view.getUint32(at, true) === zip.end &&
      at + zip.endLength + view.getUint16(at + 20, true) === view.byteLength
    ) {
      return at
    }
  }
  throw damaged('it is no package of parts, or its end is missing')
}

function readRecords(
  bytes: Uint8Array,
  { start, end, count }: { start: number; end: number; count: number },
): readonly Listed[] {
  const view = viewOf(bytes)
  const listed: Listed[] = []
  let at = start
  while (at < end) {
    if (at + zip.recordLength > end || view.getUint32(at, true) !== zip.record) throw damaged('its table of contents')
    const nameLength = view.getUint16(at + 28, true)
    const length = zip.recordLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (at + length > end) throw damaged('its table of contents is cut off')
    listed.push(readRecord(bytes.subarray(at, at + length), nameLength))
    at += length
  }
  if (listed.length !== count) throw damaged('its table of contents lists another number of parts than it says')
  return listed
}

function readRecord(record: Uint8Array, nameLength: number): Listed {
  const view = viewOf(record)
  const flags = view.getUint16(8, true)
  const name = nameOf(record.subarray(zip.recordLength, zip.recordLength + nameLength), flags)
  const method = view.getUint16(10, true)
  if (flags & 0x2041) throw new DocumentError('protected', 'This document is protected by a password.')
  if (method !== 0 && method !== 8) throw unsupported(`packs “${name}” in an unusual way`)
  const sizes = { packedSize: view.getUint32(20, true), size: view.getUint32(24, true) }
  const start = view.getUint32(42, true)
  if ([sizes.packedSize, sizes.size, start].includes(0xffffffff)) throw unsupported('is in the Zip64 format')
  if (method === 0 && sizes.packedSize !== sizes.size) throw damaged(`“${name}” has two sizes`)
  return { name, method, crc: view.getUint32(16, true), ...sizes, start, record, flags }
}

/** A name leads to a place inside the document, and can be read in a sentence. */
const unusable = /^$|[\\\x00-\x1f\x7f]|^\/|^[a-z]:|(^|\/)\.\.?(\/|$)|\/\//i

function nameOf(raw: Uint8Array, flags: number): string {
  const name = decodeName(raw, flags & 0x800 ? 'utf-8' : 'latin1')
  if (name === undefined || unusable.test(name)) throw damaged('a part has a name that no part can have')
  return name
}

function decodeName(raw: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(raw)
  } catch {
    return undefined
  }
}

/** Names are compared as packages compare them: without regard to case. */
function checkNames(listed: readonly Listed[]): void {
  const seen = new Set<string>()
  for (const { name } of listed) {
    const key = name.toLowerCase()
    if (seen.has(key)) throw damaged(`“${name}” is in it twice`)
    seen.add(key)
  }
}

function checkSizes(listed: readonly Listed[], limits: PackageLimits): void {
  let total = 0
  for (const { size, packedSize } of listed) {
    total += size
    const isBomb = size > ratioMattersFrom && size > packedSize * limits.ratio
    if (size > limits.partSize || total > limits.totalSize || isBomb) throw tooLarge()
  }
}

/** Finds each entry's bytes. They must lie one after the other, in front of the directory. */
function placed(listed: readonly Listed[], bytes: Uint8Array, directoryStart: number): readonly ZipEntry[] {
  const ends = new Map<Listed, number>()
  const byPlace = [...listed].sort((one, other) => one.start - other.start)
  for (const [index, entry] of byPlace.entries()) ends.set(entry, byPlace[index + 1]?.start ?? directoryStart)
  return listed.map((entry) => {
    const { flags, ...rest } = entry
    const end = ends.get(entry) ?? directoryStart
    return { ...rest, end, dataStart: dataStartOf(bytes, { ...rest, end, flags }) }
  })
}

type Spanned = Listed & { readonly end: number }

/** Reads the entry's own header, which must say what the directory says. */
function dataStartOf(bytes: Uint8Array, entry: Spanned): number {
  const { name, start, end } = entry
  if (start + zip.localLength > end) throw damaged(`“${name}” lies inside another part`)
  const view = viewOf(bytes.subarray(start, end))
  if (view.getUint32(0, true) !== zip.localHeader) throw damaged(`“${name}” is not where it should be`)
  const nameLength = view.getUint16(26, true)
  const dataStart = start + zip.localLength + nameLength + view.getUint16(28, true)
  if (dataStart + entry.packedSize > end) throw damaged(`“${name}” lies inside another part`)
  const rawName = bytes.subarray(start + zip.localLength, start + zip.localLength + nameLength)
  const agrees = nameOf(rawName, view.getUint16(6, true)) === name && view.getUint16(8, true) === entry.method
  if (!agrees || !sizesAgree(view, entry)) throw damaged(`“${name}” is not what the table of contents says`)
  return dataStart
}

/** Writers that do not know the sizes beforehand leave zeros, and give them after the data. */
function sizesAgree(view: DataView, { crc, packedSize, size, flags }: Spanned): boolean {
  const own = [view.getUint32(14, true), view.getUint32(18, true), view.getUint32(22, true)]
  const isLater = (flags & 8) !== 0 && own.every((value) => value === 0)
  return isLater || [crc, packedSize, size].every((value, index) => value === own[index])
}
