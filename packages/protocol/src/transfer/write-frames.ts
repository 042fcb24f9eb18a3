import type { Content } from '../parts.ts'
import { type ChunkFrame, extendedSizes, type Frame, frameTypes, headerSize, type RangeFrame } from './frames.ts'
import { gathered } from './gathered.ts'

/** A header, and the bytes of the extended header behind it still zero. */
function headerOf(type: Frame['type'], payload: number): [Uint8Array, DataView] {
  const bytes = new Uint8Array(headerSize + extendedSizes[type])
  const view = new DataView(bytes.buffer)
  view.setUint32(0, frameTypes[type])
  view.setUint32(4, extendedSizes[type])
  view.setBigUint64(8, BigInt(payload))
  return [bytes, view]
}

function headerOfChunk({ hash, length }: ChunkFrame): Uint8Array {
  const [bytes] = headerOf('chunk', length)
  bytes.set(hash, headerSize)
  return bytes
}

function headerOfRange({ hash, offset, length, isEnd }: RangeFrame): Uint8Array {
  const [bytes, view] = headerOf('range', length)
  bytes.set(hash, headerSize)
  view.setBigUint64(headerSize + 16, BigInt(offset))
  view.setBigUint64(headerSize + 24, BigInt(length))
  view.setUint32(headerSize + 32, isEnd ? 1 : 0)
  return bytes
}

/** Passes on what flows if it is of the length that was announced. */
async function* ofLength(content: Content, length: number): Content {
  let left = length
  for await (const piece of content) {
    left -= piece.length
    if (left < 0) break
    yield piece
  }
  if (left !== 0) throw new Error(`a frame was to carry ${length} bytes, and its content is of another length`)
}

async function* written(frame: Frame): Content {
  if (frame.type === 'end') {
    yield headerOf('end', 0)[0]
  } else if (frame.type === 'message') {
    const payload = new TextEncoder().encode(JSON.stringify(frame.json))
    yield headerOf('message', payload.length)[0]
    yield payload
  } else {
    if (frame.hash.length !== extendedSizes.chunk) throw new RangeError('the hash of a chunk has 16 bytes')
    yield frame.type === 'chunk' ? headerOfChunk(frame) : headerOfRange(frame)
    yield* ofLength(frame.content, frame.length)
  }
}

async function* writtenOneByOne(frames: AsyncIterable<Frame> | Iterable<Frame>): Content {
  for await (const frame of frames) yield* written(frame)
}

/**
 * The bytes of these frames, and of no others: a body ends with a frame of type `end`, an upload session without one.
 * Breaks off with an error when a content is not of the length that its frame says.
 */
export const writeFrames = (frames: AsyncIterable<Frame> | Iterable<Frame>): Content =>
  gathered(writtenOneByOne(frames))
