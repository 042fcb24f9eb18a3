import type { Content } from '../parts.ts'
import { byteReader } from './byte-reader.ts'

/** A stream of bytes of which any stretch can be read. */
export interface RandomAccess {
  /** Bytes. */
  readonly size: number
  /** The bytes from `start` up to and without `end`. Neither lies beyond `size`. */
  read(start: number, end: number): Content
}

/** Bytes in memory, as a stream of which any stretch can be read. */
export const inMemory = (bytes: Uint8Array): RandomAccess => ({
  size: bytes.length,
  async *read(start, end) {
    if (end > start) yield bytes.subarray(start, end)
  },
})

/** The bytes from `start` up to and without `end`, together. Throws when the stream has fewer than it says. */
export async function stretch(stream: RandomAccess, start: number, end: number): Promise<DataView> {
  const reader = byteReader(stream.read(start, end), endsEarly)
  try {
    const bytes = (end > start ? await reader.exactly(end - start) : undefined) ?? new Uint8Array()
    if (bytes.length < end - start) throw endsEarly()
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  } finally {
    await reader.close()
  }
}

/** What is thrown when a stream has fewer bytes than it says. */
export const endsEarly = (): Error => new Error('a stream has fewer bytes than it says')
