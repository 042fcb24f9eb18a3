import { createHash, randomUUID } from 'node:crypto'
import type { Content } from '@openwopi/host'
import type { Blobs } from './blobs.ts'

/** Blobs in this process, gone when it ends. For tests and trials. */
export function memoryBlobs({
  now = Date.now,
  newKey = randomUUID,
}: {
  readonly now?: () => number
  readonly newKey?: () => string
} = {}): Blobs {
  const lying = new Map<string, { readonly bytes: Buffer; readonly putAt: number }>()
  return {
    async put(content, { size } = {}) {
      const bytes = await all(content)
      if (size !== undefined && bytes.byteLength !== size)
        throw new RangeError(`${bytes.byteLength} bytes have come where ${size} were to`)
      const key = newKey()
      lying.set(key, { bytes, putAt: now() })
      return { key, size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('base64') }
    },
    async get(key, range) {
      const bytes = lying.get(key)?.bytes
      return bytes && stretch(bytes, range ?? { start: 0, end: bytes.byteLength })
    },
    async remove(key) {
      lying.delete(key)
    },
    async *list(after = '') {
      for (const key of [...lying.keys()].sort()) {
        const blob = lying.get(key)
        if (blob && key > after) yield { key, size: blob.bytes.byteLength, putAt: blob.putAt }
      }
    },
  }
}

async function all(content: Content): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Memory is handed out in pieces, as a network would. */
const pieceSize = 64 * 1024

async function* stretch(bytes: Buffer, { start, end }: { readonly start: number; readonly end: number }): Content {
  if (end > bytes.byteLength) throw new RangeError(`there are only ${bytes.byteLength} bytes`)
  for (let at = start; at < end; at += pieceSize) yield bytes.subarray(at, Math.min(end, at + pieceSize))
}
