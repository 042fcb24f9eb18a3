import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Content } from '@openwopi/host'

/** Bytes of a frame before it is sealed. All frames but the last have as many. */
export const frameLength = 64 * 1024

const algorithm = 'aes-256-gcm'
const tagLength = 16
const sealedLength = frameLength + tagLength

/** Seals a content frame by frame as it comes. */
export interface Sealer {
  /** The frames that are full by now. */
  push(chunk: Uint8Array): Uint8Array[]
  /** The last frame. */
  end(): Uint8Array
}

/**
 * Each frame is sealed by itself, under a number that says its place and whether it is the last: none can be altered,
 * left out, moved or cut off unseen. The key must be used for this content alone.
 */
export function sealer(key: Uint8Array): Sealer {
  let waiting: Uint8Array[] = []
  let length = 0
  let number = 0
  return {
    push(chunk) {
      waiting.push(chunk)
      length += chunk.byteLength
      // One that is just full may be the last.
      if (length <= frameLength) return []
      const all = Buffer.concat(waiting)
      const full = Math.ceil(all.byteLength / frameLength) - 1
      const frames = Array.from({ length: full }, (_, index) =>
        seal(all.subarray(index * frameLength, (index + 1) * frameLength), key, nonceOf(number + index, false)),
      )
      number += full
      const rest = all.subarray(full * frameLength)
      waiting = [rest]
      length = rest.byteLength
      return frames
    },
    end: () => seal(Buffer.concat(waiting), key, nonceOf(number, true)),
  }
}

/** A content that was sealed. Fails where it is not what it was; nothing of a frame is passed on before it is checked. */
export async function* opened(sealed: Content, key: Uint8Array): Content {
  let waiting = Buffer.alloc(0)
  let number = 0
  for await (const chunk of sealed) {
    waiting = Buffer.concat([waiting, chunk])
    while (waiting.byteLength > sealedLength) {
      yield open(waiting.subarray(0, sealedLength), key, nonceOf(number++, false))
      waiting = waiting.subarray(sealedLength)
    }
  }
  const last = open(waiting, key, nonceOf(number, true))
  if (last.byteLength > 0) yield last
}

/** Bytes were altered, cut off, or sealed with another key. */
export class BrokenSeal extends Error {
  override readonly name = 'BrokenSeal'
}

function nonceOf(number: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 0, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function seal(frame: Uint8Array, key: Uint8Array, nonce: Uint8Array): Uint8Array {
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength })
  return Buffer.concat([cipher.update(frame), cipher.final(), cipher.getAuthTag()])
}

function open(sealed: Uint8Array, key: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (sealed.byteLength < tagLength) throw new BrokenSeal('a part of it is missing')
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength })
  decipher.setAuthTag(sealed.subarray(-tagLength))
  const frame = decipher.update(sealed.subarray(0, -tagLength))
  try {
    return Buffer.concat([frame, decipher.final()])
  } catch (cause) {
    throw new BrokenSeal('it has been altered or damaged', { cause })
  }
}
