import type { FileChunk } from './chunk.ts'
import { fileChunks } from './file-chunks.ts'
import { sha256 } from './hashes.ts'

/** Where a chunk of a file lies. Plain data, which threads hand to each other. */
export interface CutChunk {
  /** Bytes before it. */
  readonly start: number
  /** Bytes. */
  readonly size: number
  /** What both sides tell it by. */
  readonly signature: Uint8Array
  /** The stretches that a large one is made of. Absent: it is one. */
  readonly parts?: readonly CutChunk[]
}

/** Chunks that stand together. */
export interface CutGroup {
  /** Of what is in them: the same for the same content, whatever file it is in. */
  readonly hash: Uint8Array
  readonly chunks: readonly CutChunk[]
}

/** How a file is cut. */
export type FileCut = readonly CutGroup[]

/** Cuts a file, here or elsewhere. The bytes may not change meanwhile. */
export type Cut = (bytes: Uint8Array) => Promise<FileCut>

/** Chunks that are smaller share a group, up to this many bytes: each group costs some hundred bytes. */
const mostShared = 64 * 1024
const small = 16 * 1024

/** Chunks that are next to each other and small stand together. */
function grouped(chunks: readonly FileChunk[]): FileChunk[][] {
  const groups: FileChunk[][] = []
  let room = 0
  for (const chunk of chunks) {
    const isSmall = chunk.bytes.length < small
    const last = groups.at(-1)
    if (last && isSmall && chunk.bytes.length <= room) last.push(chunk)
    else {
      groups.push([chunk])
      room = isSmall ? mostShared : 0
    }
    room -= chunk.bytes.length
  }
  return groups
}

/** How a file is cut: all of the work that grows with its bytes. */
export function cutFile(bytes: Uint8Array): FileCut {
  const placed = ({ bytes: { byteOffset, length }, signature, parts }: FileChunk): CutChunk => ({
    start: byteOffset - bytes.byteOffset,
    size: length,
    signature,
    ...(parts && { parts: parts.map(placed) }),
  })
  return grouped(fileChunks(bytes)).map((chunks) => ({
    hash: sha256(['leaf', ...chunks.flatMap(({ bytes: content, signature }) => [content, signature])]),
    chunks: chunks.map(placed),
  }))
}
