import type { Content } from '../parts.ts'
import { chunkId } from './chunk-id.ts'
import type { ChunkFrame } from './frames.ts'
import { createSpookyHash } from './spooky-hash.ts'

/** Whether two runs of bytes are the same. */
const equal = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, index) => byte === other[index])

/** The content of a chunk, which ends with a `SyntaxError` when it is not what the chunk's id says. */
export async function* verified({ content, hash }: Pick<ChunkFrame, 'content' | 'hash'>): Content {
  const running = createSpookyHash()
  for await (const piece of content) {
    running.update(piece)
    yield piece
  }
  if (!equal(running.digest(), hash))
    throw new SyntaxError(`the content of chunk ${chunkId(hash)} is not what its id says`)
}
