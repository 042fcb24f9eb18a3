import type { Content } from '@openwopi/protocol'

const pieceSize = 64 * 1024

/** Bytes that flow. */
export async function* inPieces(bytes: Uint8Array): Content {
  for (let start = 0; start < bytes.byteLength; start += pieceSize) yield bytes.subarray(start, start + pieceSize)
}

/** All bytes of a content. */
export async function bytesOf(content: Content): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part.slice())
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())
}
