import {
  type Chunk,
  type ChunkingScheme,
  chunksOf,
  type RandomAccess,
  type StreamSignature,
  signatureOf,
  signedChunksOf,
} from '@openwopi/protocol/transfer'
import type { KnownChunk } from '../signatures.ts'
import { readingOf, type StreamSource } from './file-state.ts'
import type { Transferring } from './transferring.ts'

/** A stream as it is cut, each chunk known by its hash. */
export interface CutStream {
  readonly scheme: ChunkingScheme
  readonly chunks: readonly KnownChunk[]
}

/** The stretches of a content that a signature names. */
export function chunksIn({ ChunkSignatures }: Pick<StreamSignature, 'ChunkSignatures'>): KnownChunk[] {
  const chunks: KnownChunk[] = []
  let start = 0
  for (const { ChunkId: id, Length: length } of ChunkSignatures) {
    chunks.push({ id, start, length })
    start += length
  }
  return chunks
}

/** Cuts a stream. No byte of it is hashed whose hash is known already. */
export function cutStream(transfer: Transferring, source: StreamSource): Promise<CutStream> {
  const { cutting } = transfer
  const { fileId, version } = source.key
  const key = `${fileId}/${version}`
  const underWay = cutting.get(key) ?? cut(transfer, source).finally(() => cutting.delete(key))
  cutting.set(key, underWay)
  return underWay
}

async function cut({ signatures }: Transferring, source: StreamSource): Promise<CutStream> {
  const known = await signatures.find(source.key)
  if (known?.signature) return known.signature
  const reading = readingOf(source)
  const signature = known?.sent ? await cutKnown(reading, known.sent) : await cutUnknown(reading)
  await signatures.keep(source.key, { ...known, signature })
  return signature
}

async function cutUnknown(reading: RandomAccess): Promise<CutStream> {
  const { scheme, chunks } = await signedChunksOf(reading)
  return { scheme, chunks: chunksIn({ ChunkSignatures: chunks }) }
}

async function cutKnown(reading: RandomAccess, sent: readonly KnownChunk[]): Promise<CutStream> {
  const { scheme, chunks } = await chunksOf(reading)
  return { scheme, chunks: await named(reading, chunks, sent) }
}

const place = ({ start, length }: Chunk) => `${start} ${length}`

/** Names all chunks. Those that are not known and lie side by side are read in one go. */
async function named(
  reading: RandomAccess,
  chunks: readonly Chunk[],
  sent: readonly KnownChunk[],
): Promise<KnownChunk[]> {
  const ids = new Map(sent.map((chunk) => [place(chunk), chunk.id]))
  const result: KnownChunk[] = []
  let unknown: Chunk[] = []
  const nameUnknown = async () => {
    const found = await signatureOf(stretchOf(reading, unknown), unknown)
    result.push(...unknown.map((chunk, index) => ({ ...chunk, id: found[index]?.ChunkId ?? '' })))
    unknown = []
  }
  for (const chunk of chunks) {
    const id = ids.get(place(chunk))
    if (id === undefined) unknown.push(chunk)
    else {
      await nameUnknown()
      result.push({ ...chunk, id })
    }
  }
  await nameUnknown()
  return result
}

/** The part of a stream that these chunks are. */
function stretchOf({ read }: RandomAccess, chunks: readonly Chunk[]): RandomAccess {
  const from = chunks[0]?.start ?? 0
  const size = chunks.reduce((sum, { length }) => sum + length, 0)
  return { size, read: (start, end) => read(from + start, from + end) }
}
