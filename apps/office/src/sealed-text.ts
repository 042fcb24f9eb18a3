import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** A text that only who has the key can read or change. */
export interface SealedText {
  readonly iv: Buffer
  readonly tag: Buffer
  readonly content: Buffer
}

const algorithm = 'aes-256-gcm'
export const ivLength = 12
export const tagLength = 16

/** Seals a text under a key of 32 bytes. It can be unsealed only with the same `about`. */
export function seal(key: Uint8Array, text: string, about = ''): SealedText {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength }).setAAD(Buffer.from(about))
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { iv, tag: cipher.getAuthTag(), content }
}

/** Throws where it was sealed under another key, about something else, or was changed. */
export function unseal(key: Uint8Array, { iv, tag, content }: SealedText, about = ''): string {
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(about)).setAuthTag(tag)
  return Buffer.concat([decipher.update(content), decipher.final()]).toString()
}
