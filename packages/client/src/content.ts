import type { Content } from '@openwopi/protocol'
import { WopiUnreachable } from './failures.ts'

/** Bytes to send: as they flow, or all at hand. */
export type Sendable = Content | SizedContent | Uint8Array | Blob

/** How many bytes there are. `undefined`: that shows only once they have flowed. */
export function sizeOf(content: Sendable | string): number | undefined {
  if (typeof content === 'string') return new TextEncoder().encode(content).byteLength
  if (content instanceof Uint8Array) return content.byteLength
  return content instanceof Blob ? content.size : undefined
}

/** Content that flows, and says how many bytes it is. */
export type SizedContent = Content & { readonly size: number }

/** How many bytes a content that flows says it is. `undefined`: it does not say. */
export const announcedSize = (content: Sendable | string): unknown =>
  typeof content === 'object' && 'size' in content ? content.size : undefined

/** The chunks of a stream. Stopping early cancels it. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): Content {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // A stream that has failed has told so to the reader above; cancelling it only repeats that.
    await reader.cancel().catch(() => undefined)
  }
}

/** `content`, which is a failure if it turns out not to be `size` bytes. */
export async function* exactly(content: Content, size: number): Content {
  let seen = 0
  for await (const chunk of content) {
    seen += chunk.byteLength
    yield chunk
  }
  if (seen !== size) throw new WopiUnreachable(`the content ended after ${seen} of ${size} bytes`)
}

/** All of `content` in one piece. Throws a `RangeError` beyond `limit` bytes. */
export async function bytesOf(content: Content, limit = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.byteLength
    if (size > limit) throw new RangeError(`the content is longer than ${limit} bytes`)
    chunks.push(chunk)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
