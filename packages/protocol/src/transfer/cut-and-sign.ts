import { type ByteReader, byteReader } from './byte-reader.ts'
import { chunkId } from './chunk-id.ts'
import type { ChunkingScheme } from './chunking.ts'
import type { ChunkSignature } from './messages.ts'
import { endsEarly, type RandomAccess } from './random-access.ts'
import { hashNext, signatureOf, signNext } from './signature.ts'
import { createSpookyHash } from './spooky-hash.ts'
import { dataOf, listZip, localHeaderSize, type ZipLimits, type ZipListing } from './zip-cuts.ts'
import type { ZipEntry } from './zip-directory.ts'

/** How a stream is cut, and what its chunks are known by. */
export interface SignedChunking {
  readonly scheme: ChunkingScheme
  /** In the order of the stream. None is empty. */
  readonly chunks: readonly ChunkSignature[]
}

interface NextEntry {
  readonly entry: ZipEntry
  /** Where the chunk of its local header begins: further ahead where something stands before the archive. */
  readonly from: number
  /** Where the next entry begins, or the directory. */
  readonly end: number
}

/** Signs the two chunks of an entry. `undefined`: it is not where the directory says. */
async function signEntry(reader: ByteReader, { entry, from, end }: NextEntry): Promise<ChunkSignature[] | undefined> {
  const hash = createSpookyHash()
  await hashNext(reader, entry.at - from, hash)
  const header = await reader.exactly(localHeaderSize)
  if (!header) throw endsEarly()
  hash.update(header)
  const data = dataOf(entry, new DataView(header.buffer, header.byteOffset, header.byteLength), end)
  if (data === undefined) return undefined
  await hashNext(reader, data - entry.at - localHeaderSize, hash)
  const first = { ChunkId: chunkId(hash.digest()), Length: data - from }
  return end === data ? [first] : [first, await signNext(reader, end - data)]
}

/** Signs an archive while it is read. `undefined`: it is not as its directory says. */
async function signZip(
  stream: RandomAccess,
  { entries, directoryAt }: ZipListing,
): Promise<ChunkSignature[] | undefined> {
  const reader = byteReader(stream.read(0, stream.size), endsEarly)
  const signatures: ChunkSignature[] = []
  try {
    for (const [index, entry] of entries.entries()) {
      const end = entries[index + 1]?.at ?? directoryAt
      const signed = await signEntry(reader, { entry, from: index === 0 ? 0 : entry.at, end })
      if (!signed) return undefined
      signatures.push(...signed)
    }
    signatures.push(await signNext(reader, stream.size - (entries.length === 0 ? 0 : directoryAt)))
    return signatures
  } finally {
    await reader.close()
  }
}

/**
 * Cuts a stream as `chunksOf` does, and signs its chunks, in one pass over it: two if it is an archive whose directory
 * turns out not to tell the truth.
 */
export async function signedChunksOf(stream: RandomAccess, limits?: ZipLimits): Promise<SignedChunking> {
  const listing = await listZip(stream, limits)
  const chunks = listing && (await signZip(stream, listing))
  if (chunks) return { scheme: 'Zip', chunks }
  const whole = stream.size === 0 ? [] : [{ start: 0, length: stream.size }]
  return { scheme: 'FullFile', chunks: await signatureOf(stream, whole) }
}
