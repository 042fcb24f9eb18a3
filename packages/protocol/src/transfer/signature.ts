import { type ByteReader, byteReader } from './byte-reader.ts'
import { chunkId } from './chunk-id.ts'
import type { Chunk } from './chunking.ts'
import type { ChunkSignature } from './messages.ts'
import { endsEarly, type RandomAccess } from './random-access.ts'
import { createSpookyHash } from './spooky-hash.ts'

async function hashOf(reader: ByteReader, length: number): Promise<Uint8Array> {
  const hash = createSpookyHash()
  for (let left = length; left > 0; ) {
    const piece = await reader.some(left)
    if (!piece) throw endsEarly()
    hash.update(piece)
    left -= piece.length
  }
  return hash.digest()
}

/** What the chunks of a stream are known by, in their order. Reads the stream once and keeps nothing of it. */
export async function signatureOf(stream: RandomAccess, chunks: readonly Chunk[]): Promise<ChunkSignature[]> {
  const reader = byteReader(stream.read(0, stream.size))
  const signatures: ChunkSignature[] = []
  try {
    for (const { length } of chunks) {
      signatures.push({ ChunkId: chunkId(await hashOf(reader, length)), Length: length })
    }
  } finally {
    await reader.close()
  }
  return signatures
}
