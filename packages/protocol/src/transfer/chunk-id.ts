/** The bytes in the hash that a chunk is known by. */
export const hashSize = 16

const shape = /^[A-Za-z0-9+/]{21}[AQgw]==$/

/** The id of the chunk with this hash: its base64. */
export const chunkId = (hash: Uint8Array): string => btoa(String.fromCharCode(...hash))

/** The hash in a chunk's id. `undefined`: no chunk has such an id. */
export function hashOfChunkId(id: string): Uint8Array | undefined {
  return shape.test(id) ? Uint8Array.from(atob(id), (letter) => letter.charCodeAt(0)) : undefined
}
