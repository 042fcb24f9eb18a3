import {
  type ContentProperty,
  chunkId,
  chunksOf,
  type Frame,
  inMemory,
  readFrames,
  type StreamSignature,
  signatureOf,
  spookyHash,
  writeFrames,
} from '@openwopi/protocol/transfer'
import { type Answer, joined } from './answer.ts'
import { CheckFailed, expectStatus } from './findings.ts'

/** All bytes of a content. */
export async function gathered(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece.slice())
  return joined(pieces)
}

/** What a stream of these bytes is made of. */
export async function signed(bytes: Uint8Array, StreamId = 'MainContent'): Promise<StreamSignature> {
  const stream = inMemory(bytes)
  const { scheme, chunks } = await chunksOf(stream)
  return { StreamId, ChunkingScheme: scheme, ChunkSignatures: await signatureOf(stream, chunks) }
}

/** The chunks of a stream of these bytes. */
export async function chunksIn(bytes: Uint8Array): Promise<Uint8Array[]> {
  const { chunks } = await chunksOf(inMemory(bytes))
  return chunks.map(({ start, length }) => bytes.subarray(start, start + length))
}

/** The id of a chunk of these bytes. */
export const idOf = (bytes: Uint8Array): string => chunkId(spookyHash(bytes))

/** A chunk as it is sent. `hash`: another than its own. */
export const chunkFrame = (bytes: Uint8Array, hash: Uint8Array = spookyHash(bytes)): Frame => ({
  type: 'chunk',
  hash,
  length: bytes.length,
  content: inMemory(bytes).read(0, bytes.length),
})

/** A message with frames behind it, as a whole body. */
export const bodyOf = (json: unknown, ...frames: readonly Frame[]): Promise<Uint8Array> =>
  gathered(writeFrames([{ type: 'message', json }, ...frames, { type: 'end' }]))

/** Chunks one behind the other, as an upload session takes them. */
export const chunkBytes = (...chunks: readonly Uint8Array[]): Promise<Uint8Array> =>
  gathered(writeFrames(chunks.map((bytes) => chunkFrame(bytes))))

/** A chunk, or a stretch of one, that came. */
export interface CameChunk {
  readonly id: string
  readonly bytes: Uint8Array
  readonly offset?: number
  readonly isEnd?: boolean
}

/** An answer that is made of frames. */
export interface Framed {
  readonly answer: Answer
  readonly json: Readonly<Record<string, unknown>>
  readonly chunks: readonly CameChunk[]
}

/** Reads an answer that is made of frames. What is none fails the check. */
export async function framesIn(answer: Answer): Promise<Framed> {
  expectStatus(answer, [200])
  const chunks: CameChunk[] = []
  let json: Readonly<Record<string, unknown>> = {}
  try {
    for await (const frame of readFrames(inMemory(answer.bytes).read(0, answer.bytes.length))) {
      if (frame.type === 'message') json = { ...(frame.json as object) }
      if (frame.type === 'chunk') chunks.push({ id: chunkId(frame.hash), bytes: await gathered(frame.content) })
      if (frame.type === 'range') {
        const { offset, isEnd } = frame
        chunks.push({ id: chunkId(frame.hash), bytes: await gathered(frame.content), offset, isEnd })
      }
    }
  } catch (error) {
    throw new CheckFailed('a body made of frames', error instanceof Error ? error.message : String(error))
  }
  return { answer, json, chunks }
}

/** The signatures in a message, by their streams. */
export function signaturesIn({ json }: Framed): Readonly<Record<string, StreamSignature>> {
  const { Signatures } = json
  const list: readonly StreamSignature[] = Array.isArray(Signatures) ? Signatures : []
  return Object.fromEntries(list.map((signature) => [signature.StreamId, signature]))
}

/** The content properties in a message. */
export const propertiesIn = ({ json }: Framed): readonly ContentProperty[] =>
  Array.isArray(json['ContentProperties']) ? json['ContentProperties'] : []
