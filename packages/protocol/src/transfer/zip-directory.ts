import { type RandomAccess, stretch } from './random-access.ts'

/** Where an archive says that its directory is, in bytes. */
export interface ZipDirectory {
  readonly at: number
  readonly size: number
  readonly entries: number
}

/** Where an archive says that an entry is, in bytes. */
export interface ZipEntry {
  /** Of its local header. */
  readonly at: number
  /** Of its data as it is stored. */
  readonly size: number
}

const endSize = 22
const longestComment = 0xffff
const locatorSize = 20
const zip64EndSize = 56
const signatures = { end: 0x06054b50, zip64End: 0x06064b50, locator: 0x07064b50, entry: 0x02014b50 } as const
/** Stands where the true number is in a record of ZIP64. */
const elsewhere = { u16: 0xffff, u32: 0xffffffff } as const

const has = (view: DataView, at: number, signature: number) => view.getUint32(at, true) === signature
const u16 = (view: DataView, at: number) => view.getUint16(at, true)
const u32 = (view: DataView, at: number) => view.getUint32(at, true)
/** What no number can say exactly comes out so large that it lies beyond every stream. */
const u64 = (view: DataView, at: number) => Number(view.getBigUint64(at, true))

/** Where the end record begins in the last bytes of a stream: the last place from which its comment reaches the end. */
function endIn(tail: DataView): number | undefined {
  for (let at = tail.byteLength - endSize; at >= 0; at--) {
    if (has(tail, at, signatures.end) && at + endSize + u16(tail, at + 20) === tail.byteLength) return at
  }
  return undefined
}

async function zip64Directory(stream: RandomAccess, endAt: number): Promise<ZipDirectory | undefined> {
  if (endAt < locatorSize + zip64EndSize) return undefined
  const locator = await stretch(stream, endAt - locatorSize, endAt)
  const at = u64(locator, 8)
  if (!has(locator, 0, signatures.locator) || at + zip64EndSize > endAt - locatorSize) return undefined
  const end = await stretch(stream, at, at + zip64EndSize)
  const isWhole = u32(end, 16) === 0 && u32(end, 20) === 0 && u64(end, 24) === u64(end, 32)
  const found = { at: u64(end, 48), size: u64(end, 40), entries: u64(end, 32) }
  return has(end, 0, signatures.zip64End) && isWhole && found.at + found.size <= at ? found : undefined
}

/** Where the directory of the archive is that `stream` holds. `undefined`: it holds none, or a part of one. */
export async function findZipDirectory(stream: RandomAccess): Promise<ZipDirectory | undefined> {
  const tail = await stretch(stream, Math.max(0, stream.size - endSize - longestComment), stream.size)
  const at = endIn(tail)
  if (at === undefined) return undefined
  const endAt = stream.size - tail.byteLength + at
  const found = { at: u32(tail, at + 16), size: u32(tail, at + 12), entries: u16(tail, at + 10) }
  const isElsewhere = found.at === elsewhere.u32 || found.size === elsewhere.u32 || found.entries === elsewhere.u16
  if (isElsewhere) return zip64Directory(stream, endAt)
  const isWhole = u32(tail, at + 4) === 0 && u16(tail, at + 8) === found.entries
  return isWhole && found.at + found.size <= endAt ? found : undefined
}

/** The numbers of 64 bits that an entry has in its extra field. `undefined`: it has none. */
function zip64Extra(view: DataView, at: number, end: number): { at: number; end: number } | undefined {
  for (let next = at; next + 4 <= end; next += 4 + u16(view, next + 2)) {
    if (u16(view, next) === 1) return { at: next + 4, end: Math.min(end, next + 4 + u16(view, next + 2)) }
  }
  return undefined
}

/** One entry, whose fixed fields are at `at` and whose extra field ends at `extraEnd`. */
function entryAt(view: DataView, at: number, extraEnd: number): ZipEntry | undefined {
  const fields = [u32(view, at + 24), u32(view, at + 20), u32(view, at + 42)]
  const extra = zip64Extra(view, at + 46 + u16(view, at + 28), extraEnd)
  let next = extra?.at ?? 0
  for (const [index, field] of fields.entries()) {
    if (field !== elsewhere.u32) continue
    if (!extra || next + 8 > extra.end) return undefined
    fields[index] = u64(view, next)
    next += 8
  }
  const [, size = 0, offset = 0] = fields
  return { at: offset, size }
}

/** The entries that a directory lists, in its order. `undefined`: it is malformed. */
export function readZipDirectory(view: DataView, count: number): ZipEntry[] | undefined {
  const entries: ZipEntry[] = []
  let at = 0
  while (entries.length < count) {
    if (at + 46 > view.byteLength || !has(view, at, signatures.entry)) return undefined
    const extraEnd = at + 46 + u16(view, at + 28) + u16(view, at + 30)
    const end = extraEnd + u16(view, at + 32)
    const entry = end <= view.byteLength && u16(view, at + 34) === 0 ? entryAt(view, at, extraEnd) : undefined
    if (!entry) return undefined
    entries.push(entry)
    at = end
  }
  return at === view.byteLength ? entries : undefined
}
