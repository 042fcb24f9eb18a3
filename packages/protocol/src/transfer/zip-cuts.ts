import { type RandomAccess, stretch } from './random-access.ts'
import { findZipDirectory, readZipDirectory, type ZipEntry } from './zip-directory.ts'

/** How large an archive may be before it is taken as a whole. */
export interface ZipLimits {
  /** 65,535 unless said otherwise. */
  readonly maxEntries?: number
  /** Of the directory, in bytes: it is read into memory. 16 MiB unless said otherwise. */
  readonly maxDirectory?: number
}

/** The bytes of a local header before the name. */
export const localHeaderSize = 30
const localHeader = 0x04034b50
/** Local headers this close together are read at once. */
const windowSize = 64 * 1024

/** The local headers of `entries`, which are in the order of the stream, each with its entry. */
async function* localHeaders(
  stream: RandomAccess,
  entries: readonly ZipEntry[],
): AsyncGenerator<[entry: ZipEntry, header: DataView]> {
  let next = 0
  for (let entry = entries[next]; entry; entry = entries[next]) {
    const start = entry.at
    const from = next
    while ((entries[next + 1]?.at ?? Infinity) + localHeaderSize <= start + windowSize) next++
    next++
    const end = (entries[next - 1]?.at ?? start) + localHeaderSize
    const { buffer, byteOffset } = await stretch(stream, start, end)
    for (const each of entries.slice(from, next)) {
      yield [each, new DataView(buffer, byteOffset + each.at - start, localHeaderSize)]
    }
  }
}

/** Where the data of an entry begins. `undefined`: its local header is none, or it does not end before `limit`. */
export function dataOf({ at, size }: ZipEntry, header: DataView, limit: number): number | undefined {
  if (header.getUint32(0, true) !== localHeader) return undefined
  const start = at + localHeaderSize + header.getUint16(26, true) + header.getUint16(28, true)
  return start + size <= limit ? start : undefined
}

/** The entries in the order of the stream. `undefined`: there is no room for all of them before the directory. */
function inOrder(entries: ZipEntry[] | undefined, directoryAt: number): ZipEntry[] | undefined {
  const sorted = entries?.sort((one, other) => one.at - other.at)
  const last = sorted?.at(-1)
  return last && last.at + localHeaderSize > directoryAt ? undefined : sorted
}

/** What the directory of an archive says, in the order of the stream. */
export interface ZipListing {
  readonly entries: readonly ZipEntry[]
  readonly directoryAt: number
}

/** What the directory of an archive says. `undefined`: the stream is no archive, or says what cannot be, or too much. */
export async function listZip(
  stream: RandomAccess,
  { maxEntries = 0xffff, maxDirectory = 16 * 2 ** 20 }: ZipLimits = {},
): Promise<ZipListing | undefined> {
  const directory = await findZipDirectory(stream)
  if (!directory || directory.entries > maxEntries || directory.size > maxDirectory) return undefined
  const listed = await stretch(stream, directory.at, directory.at + directory.size)
  const entries = inOrder(readZipDirectory(listed, directory.entries), directory.at)
  return entries && { entries, directoryAt: directory.at }
}

/**
 * Where the chunks of an archive begin: each local header, the data behind it, and at last the directory. `undefined`:
 * an entry is not where the directory says.
 */
export async function zipCuts(
  stream: RandomAccess,
  { entries, directoryAt }: ZipListing,
): Promise<readonly number[] | undefined> {
  const cuts: number[] = []
  for await (const [entry, header] of localHeaders(stream, entries)) {
    const data = dataOf(entry, header, entries[cuts.length / 2 + 1]?.at ?? directoryAt)
    if (data === undefined) return undefined
    cuts.push(entry.at, data)
  }
  return [...cuts, directoryAt]
}
