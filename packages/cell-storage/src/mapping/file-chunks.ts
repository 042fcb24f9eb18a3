import type { FileChunk } from './chunk.ts'
import { rdcChunks } from './rdc-chunks.ts'
import { simpleChunks } from './simple-chunks.ts'
import { zipChunks } from './zip-chunks.ts'

/** Larger files are cut without looking at what is in them, unless they are archives. */
const mostLookedAt = 100 * 2 ** 20

/** The chunks of a file, which one behind the other are the file: by its entries, by its content, or by size alone. */
export function fileChunks(bytes: Uint8Array): readonly FileChunk[] {
  if (bytes.length === 0) return []
  return zipChunks(bytes) ?? (bytes.length < mostLookedAt ? rdcChunks(bytes) : simpleChunks(bytes))
}
