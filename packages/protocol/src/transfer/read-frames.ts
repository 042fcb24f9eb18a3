import type { Content } from '../parts.ts'
import { type ByteReader, byteReader, truncated } from './byte-reader.ts'
import { type ChunkFrame, extendedSizes, type Frame, frameTypes, headerSize } from './frames.ts'
import { payloadOf } from './payload.ts'

/** How much of a body is accepted, in bytes. */
export interface FrameLimits {
  /** The longest message. 16 MiB unless said otherwise. */
  readonly maxMessage?: number
  /** The longest chunk, and the longest stretch of one. Unless said otherwise, as long as a number can say. */
  readonly maxChunk?: number
}

type FrameType = Frame['type']

interface Header {
  readonly type: FrameType
  readonly payload: number
}

const typeNames = new Map<number, FrameType>(
  Object.entries(frameTypes).map(([name, number]) => [number, name as FrameType]),
)

/** A length or an offset of 64 bits. Throws a `SyntaxError` for one that no number can say exactly. */
function sizeAt(view: DataView, at: number): number {
  const size = view.getBigUint64(at)
  if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw new SyntaxError(`a frame says ${size}, which no content is long`)
  return Number(size)
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The next header. `undefined`: there are no more bytes. */
async function readHeader(reader: ByteReader): Promise<Header | undefined> {
  const bytes = await reader.exactly(headerSize)
  if (!bytes) return undefined
  const view = viewOf(bytes)
  const type = typeNames.get(view.getUint32(0))
  if (!type) throw new SyntaxError(`there is no frame of type ${view.getUint32(0)}`)
  if (view.getUint32(4) !== extendedSizes[type]) {
    throw new SyntaxError(`the extended header of a frame of type ${type} has ${extendedSizes[type]} bytes`)
  }
  return { type, payload: sizeAt(view, 8) }
}

async function wholly(reader: ByteReader, count: number): Promise<Uint8Array> {
  const bytes = count === 0 ? new Uint8Array() : await reader.exactly(count)
  if (!bytes) throw truncated()
  return bytes
}

async function readMessage(reader: ByteReader, size: number): Promise<unknown> {
  const bytes = await wholly(reader, size)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new SyntaxError('the message is not UTF-8', { cause })
  }
  return JSON.parse(text)
}

/** Reads what follows a header, up to where the payload begins to flow. */
async function readFrame(reader: ByteReader, { type, payload }: Header): Promise<[Frame, skip?: () => Promise<void>]> {
  if (type === 'end') return [{ type }]
  if (type === 'message') return [{ type, json: await readMessage(reader, payload) }]
  // A copy, since the source may use its memory again.
  const extended = new Uint8Array(await wholly(reader, extendedSizes[type]))
  const hash = extended.subarray(0, extendedSizes.chunk)
  const { content, skip } = payloadOf(reader, payload)
  if (type === 'chunk') return [{ type, hash, length: payload, content }, skip]
  const view = viewOf(extended)
  const [offset, length, flags] = [sizeAt(view, 16), sizeAt(view, 24), view.getUint32(32)]
  if (length !== payload) throw new SyntaxError(`a range says that it is ${length} bytes long, but has ${payload}`)
  if (flags > 1) throw new SyntaxError(`a range has flags that are not known: ${flags}`)
  return [{ type, hash, offset, length, isEnd: flags === 1, content }, skip]
}

function checkSize({ type, payload }: Header, { maxMessage = 16 * 2 ** 20, maxChunk = Infinity }: FrameLimits): void {
  const limit = { end: 0, message: maxMessage, chunk: maxChunk, range: maxChunk }[type]
  if (payload > limit)
    throw new SyntaxError(`a frame of type ${type} is ${payload} bytes long; at most ${limit} may be`)
}

/** How many bytes behind the end of a body are read and ignored, so that its connection can be used again. */
const ignored = 64 * 1024

async function passOver(reader: ByteReader): Promise<void> {
  for (let left = ignored; left > 0; ) {
    const more = await reader.some(left)
    if (!more) return
    left -= more.length
  }
}

/**
 * The frames of a body: a message, then chunks or ranges, then the end. What of a payload has not been read is passed
 * over when the next frame is asked for. Throws a `SyntaxError` where the body is malformed, and where it breaks off.
 */
export async function* readFrames(content: Content, limits: FrameLimits = {}): AsyncGenerator<Frame, void, undefined> {
  const reader = byteReader(content)
  try {
    for (let isFirst = true; ; isFirst = false) {
      const header = await readHeader(reader)
      if (!header) throw truncated()
      if ((header.type === 'message') !== isFirst)
        throw new SyntaxError('a body begins with a message and has no other')
      checkSize(header, limits)
      const [frame, skip] = await readFrame(reader, header)
      if (frame.type === 'end') await passOver(reader)
      yield frame
      if (frame.type === 'end') return
      await skip?.()
    }
  } finally {
    await reader.close()
  }
}

/**
 * The chunks of an upload session, whose content is chunks and nothing else. What of a chunk has not been read is
 * passed over when the next one is asked for. Throws a `SyntaxError` like `readFrames`.
 */
export async function* readChunkFrames(
  content: Content,
  limits: FrameLimits = {},
): AsyncGenerator<ChunkFrame, void, undefined> {
  const reader = byteReader(content)
  try {
    for (let header = await readHeader(reader); header; header = await readHeader(reader)) {
      if (header.type !== 'chunk') throw new SyntaxError(`an upload session has chunks alone, but no ${header.type}`)
      checkSize(header, limits)
      const [frame, skip] = await readFrame(reader, header)
      if (frame.type === 'chunk') yield frame
      await skip?.()
    }
  } finally {
    await reader.close()
  }
}
