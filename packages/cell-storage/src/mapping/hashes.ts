import { createHash } from 'node:crypto'

/** The SHA-1 of bytes: 20 bytes. */
export const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest()

/** The SHA-256 of these, one behind the other, each behind its length: 32 bytes. */
export function sha256(parts: Iterable<Uint8Array | string>): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    hash.update(`${bytes.length}:`).update(bytes)
  }
  return hash.digest()
}
