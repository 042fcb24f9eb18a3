import type { Content } from '../parts.ts'
import {
  type ChunkFrame,
  type EndFrame,
  extendedSizes,
  type Frame,
  frameTypes,
  headerSize,
  type MessageFrame,
  type RangeFrame,
} from './frames.ts'
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

/** What stands before the content of a chunk. */
export function chunkHeader({ hash, length }: Pick<ChunkFrame, 'hash' | 'length'>): Uint8Array {
  if (hash.length !== extendedSizes.chunk) throw new RangeError('the hash of a chunk has 16 bytes')
  const [bytes] = headerOf('chunk', length)
  bytes.set(hash, headerSize)
  return bytes
}

function rangeHeader({ hash, offset, length, isEnd }: RangeFrame): Uint8Array {
  if (hash.length !== extendedSizes.chunk) throw new RangeError('the hash of a chunk has 16 bytes')
  const [bytes, view] = headerOf('range', length)
  bytes.set(hash, headerSize)
  view.setBigUint64(headerSize + 16, BigInt(offset))
  view.setBigUint64(headerSize + 24, BigInt(length))
  view.setUint32(headerSize + 32, isEnd ? 1 : 0)
  return bytes
}

const messagePayload = ({ json }: MessageFrame) => new TextEncoder().encode(JSON.stringify(json))

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
    const payload = messagePayload(frame)
    yield headerOf('message', payload.length)[0]
    yield payload
  } else {
    yield frame.type === 'chunk' ? chunkHeader(frame) : rangeHeader(frame)
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

/** A frame without what it carries, unless that is a message. */
export type FrameShape = MessageFrame | EndFrame | Pick<ChunkFrame | RangeFrame, 'type' | 'length'>

/** How many bytes these frames are when they are written. */
export function sizeOfFrames(frames: Iterable<FrameShape>): number {
  let size = 0
  for (const frame of frames) {
    size += headerSize + extendedSizes[frame.type]
    if (frame.type === 'message') size += messagePayload(frame).length
    else if (frame.type !== 'end') size += frame.length
  }
  return size
}
