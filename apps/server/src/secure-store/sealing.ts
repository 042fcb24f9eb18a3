import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SealingKey } from './keys.ts'

const algorithm = 'aes-256-gcm'
/** Bytes, as NIST SP 800-38D has them. With random ones, a key is good for four thousand million seals. */
const nonceLength = 12
const tagLength = 16

/** Encrypts `text` under a fresh nonce. It opens only together with the same `label`. */
export function seal(text: string, label: string, { bytes }: SealingKey): Uint8Array {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, bytes, nonce, { authTagLength: tagLength }).setAAD(Buffer.from(label))
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** What was sealed. `undefined`: not this, not with this label, or not with this key. */
export function open(sealed: Uint8Array, label: string, { bytes }: SealingKey): string | undefined {
  if (sealed.byteLength < nonceLength + tagLength) return undefined
  const decipher = createDecipheriv(algorithm, bytes, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(label)).setAuthTag(sealed.subarray(-tagLength))
  const text = decipher.update(sealed.subarray(nonceLength, -tagLength))
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    // The only thing that is ever wrong here is the tag.
    return undefined
  }
}
