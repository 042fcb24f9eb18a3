import { type ByteReader, byteReader } from './byte-reader.ts'
import { chunkId } from './chunk-id.ts'
import type { Chunk } from './chunking.ts'
import type { ChunkSignature } from './messages.ts'
import { endsEarly, type RandomAccess } from './random-access.ts'
import { createSpookyHash, type SpookyHash } from './spooky-hash.ts'

/** Takes the next `length` bytes into a hash. */
export async function hashNext(reader: ByteReader, length: number, hash: SpookyHash): Promise<void> {
  for (let left = length; left > 0; ) {
    const piece = await reader.some(left)
    if (!piece) throw endsEarly()
    hash.update(piece)
    left -= piece.length
  }
}

/** What the next `length` bytes are known by. */
export async function signNext(reader: ByteReader, length: number): Promise<ChunkSignature> {
  const hash = createSpookyHash()
  await hashNext(reader, length, hash)
  return { ChunkId: chunkId(hash.digest()), Length: length }
}

/** What the chunks of a stream are known by, in their order. Reads the stream once and keeps nothing of it. */
export async function signatureOf(stream: RandomAccess, chunks: readonly Chunk[]): Promise<ChunkSignature[]> {
  const reader = byteReader(stream.read(0, stream.size), endsEarly)
  const signatures: ChunkSignature[] = []
  try {
    for (const { length } of chunks) signatures.push(await signNext(reader, length))
  } finally {
    await reader.close()
  }
  return signatures
}
