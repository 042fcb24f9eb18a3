import type { FileChunk } from './chunk.ts'
import { sha1 } from './hashes.ts'
import { piecesOf, uniqueSignature } from './simple-chunks.ts'

const localHeader = 0x04034b50
const localHeaderSize = 30
/** An entry with its header that is not larger is one chunk. */
const mostTogether = 4096
/** Data that are larger are a chunk of several parts. */
const mostInPart = 3 * 2 ** 20
/** What is behind the entries has a true signature up to this size. */
const mostSigned = 2 ** 20
/** An archive that has more entries is cut as other files are. */
const mostEntries = 0xffff
/** Stands where the true number is in the extra field of ZIP64. */
const elsewhere = 0xffffffff

/** An entry, by its local header alone: what the directory says of it is not asked for. */
interface Entry {
  /** Bytes. */
  readonly headerSize: number
  readonly crc: number
  /** Bytes, as they are stored. */
  readonly size: bigint
  /** Bytes, as they were. */
  readonly uncompressedSize: bigint
}

/** The sizes in the extra field of ZIP64, where the header says that they are there. */
function zip64Sizes(view: DataView, at: number, end: number): bigint[] {
  for (let field = at; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    const size = view.getUint16(field + 2, true)
    if (view.getUint16(field, true) !== 1 || field + 4 + size > end) continue
    return Array.from({ length: Math.min(2, size >> 3) }, (_, index) => view.getBigUint64(field + 4 + 8 * index, true))
  }
  return []
}

/** The entry that begins at `at`. `undefined`: none does, or it would not end before the file. */
function entryAt(view: DataView, at: number): Entry | undefined {
  const left = view.byteLength - at
  if (left < localHeaderSize || view.getUint32(at, true) !== localHeader) return undefined
  const headerSize = localHeaderSize + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  if (headerSize > left) return undefined
  const [stored, original] = [view.getUint32(at + 18, true), view.getUint32(at + 22, true)]
  const extraAt = at + localHeaderSize + view.getUint16(at + 26, true)
  const large = stored === elsewhere || original === elsewhere ? zip64Sizes(view, extraAt, at + headerSize) : []
  // Where both are there, the original size comes first.
  const uncompressedSize = original === elsewhere ? (large.shift() ?? BigInt(original)) : BigInt(original)
  const size = stored === elsewhere ? (large.shift() ?? BigInt(stored)) : BigInt(stored)
  return size > BigInt(left - headerSize)
    ? undefined
    : { headerSize, crc: view.getUint32(at + 14, true), size, uncompressedSize }
}

function dataSignature({ crc, size, uncompressedSize }: Entry): Uint8Array {
  const view = new DataView(new ArrayBuffer(20))
  view.setUint32(0, crc, true)
  view.setBigUint64(4, size, true)
  view.setBigUint64(12, uncompressedSize, true)
  return new Uint8Array(view.buffer)
}

const exclusiveOr = (one: Uint8Array, other: Uint8Array) => one.map((byte, index) => byte ^ (other[index] ?? 0))

function entryChunks(entry: Entry, bytes: Uint8Array, at: number): FileChunk[] {
  const header = bytes.subarray(0, entry.headerSize)
  const data = bytes.subarray(entry.headerSize)
  const [headerSignature, signature] = [sha1(header), dataSignature(entry)]
  if (bytes.length <= mostTogether) return [{ bytes, signature: exclusiveOr(headerSignature, signature) }]
  const first = { bytes: header, signature: headerSignature }
  if (data.length === 0) return [first]
  if (data.length <= mostInPart) return [first, { bytes: data, signature }]
  const parts = piecesOf(data, mostInPart).map((part, index) => ({
    bytes: part,
    signature: uniqueSignature(part, at + index, 8),
  }))
  return [first, { bytes: data, signature, parts }]
}

/** The chunks of an archive: its entries, and then all the rest. `undefined`: the file is no archive that can be cut so. */
export function zipChunks(bytes: Uint8Array): FileChunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: FileChunk[] = []
  let at = 0
  let entries = 0
  for (let entry = entryAt(view, 0); entry; entry = entryAt(view, at)) {
    if (++entries > mostEntries) return undefined
    const end = at + entry.headerSize + Number(entry.size)
    chunks.push(...entryChunks(entry, bytes.subarray(at, end), at))
    at = end
  }
  if (chunks.length === 0) return undefined
  const rest = bytes.subarray(at)
  if (rest.length === 0) return chunks
  return [...chunks, { bytes: rest, signature: rest.length <= mostSigned ? sha1(rest) : uniqueSignature(rest, at, 12) }]
}
