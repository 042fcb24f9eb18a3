import type { Chunk } from './chunks.ts'

/** A stretch of new content: a chunk that is there already, or bytes that are not. */
export type Stretch = { readonly kept: Chunk } | { readonly fresh: Uint8Array }

/** How many bytes a chunk is recognised by before all of it is compared; shorter ones are sent again. */
const window = 32
const longestFresh = 1_048_576
const base = 0x01000193

/** How many bytes are compared in vain for each byte of the content, before the rest counts as new: chunks may look alike. */
const mostInVain = 16

/** What a byte weighs when it leaves the window. */
const oldest = Array.from({ length: window }).reduce<number>((power) => Math.imul(power, base), 1)

/**
 * Cuts content into chunks that are known, wherever they are in it by now, and what is new in between, which is cut into
 * pieces of 1 MiB at most.
 */
export function cut(content: Uint8Array, known: readonly Chunk[]): readonly Stretch[] {
  const find = finder(known)
  const stretches: Stretch[] = []
  let from = 0
  const flush = (to: number): void => {
    for (; from < to; from += longestFresh)
      stretches.push({ fresh: content.subarray(from, Math.min(from + longestFresh, to)) })
    from = to
  }
  for (let at = 0; at + window <= content.byteLength; ) {
    const kept = find(content, at)
    if (kept) {
      flush(at)
      stretches.push({ kept })
      from = at + kept.bytes.byteLength
    }
    at = kept ? from : at + 1
  }
  flush(content.byteLength)
  return stretches
}

/** Finds the chunk that begins at a place, if any does. Places are asked for in order. */
function finder(known: readonly Chunk[]): (content: Uint8Array, at: number) => Chunk | undefined {
  const chunksByHash = byHash(known)
  /** One bit of each hash: most places are passed over by it. */
  const mayBe = new Uint8Array(0x10000)
  for (const hash of chunksByHash.keys()) mayBe[hash & 0xffff] = 1
  let hash = 0
  let hashedAt = -2
  let inVain = 0
  return (content, at) => {
    hash = at === hashedAt + 1 ? rolled(hash, content, at) : hashOf(content, at)
    hashedAt = at
    if (mayBe[hash & 0xffff] === 0) return undefined
    for (const chunk of chunksByHash.get(hash) ?? []) {
      if (inVain > mostInVain * content.byteLength) return undefined
      const alike = countAlike(content, at, chunk.bytes)
      if (alike === chunk.bytes.byteLength) return chunk
      inVain += alike + 1
    }
    return undefined
  }
}

function byHash(known: readonly Chunk[]): Map<number, Chunk[]> {
  const found = new Map<number, Chunk[]>()
  for (const chunk of known) {
    if (chunk.bytes.byteLength < window) continue
    const hash = hashOf(chunk.bytes, 0)
    found.set(hash, [...(found.get(hash) ?? []), chunk])
  }
  // Of two that begin alike, the longer one.
  for (const alike of found.values()) alike.sort((a, b) => b.bytes.byteLength - a.bytes.byteLength)
  return found
}

const mixed = (hash: number, byte: number | undefined): number => (Math.imul(hash, base) + (byte ?? 0) + 1) | 0

function hashOf(content: Uint8Array, at: number): number {
  let hash = 0
  for (let i = at; i < at + window; i++) hash = mixed(hash, content[i])
  return hash
}

/** The hash of a window that has moved on by one byte. */
const rolled = (hash: number, content: Uint8Array, at: number): number =>
  (mixed(hash, content[at + window - 1]) - Math.imul(oldest, (content[at - 1] ?? 0) + 1)) | 0

/** How many bytes from a place on are those of a chunk; none, if there is no room for it or it ends otherwise. */
function countAlike(content: Uint8Array, at: number, bytes: Uint8Array): number {
  const size = bytes.byteLength
  if (at + size > content.byteLength || content[at + size - 1] !== bytes[size - 1]) return 0
  let alike = 0
  while (alike < size && content[at + alike] === bytes[alike]) alike++
  return alike
}
