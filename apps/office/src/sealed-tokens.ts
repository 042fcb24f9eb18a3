import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** What a form brings to show who opens a document. */
export interface FormToken {
  readonly accessToken: string
  /** Milliseconds since the epoch. Absent: the host does not say. */
  readonly expiresAt?: number
}

/** Wraps up tokens for pages that bring them back, so that no token is ever in a page. */
export interface SealedTokens {
  seal(wopiSrc: string, token: FormToken): string
  /** `undefined`: it is none of these nodes', or was sealed for another file. */
  unseal(wopiSrc: string, sealed: string): FormToken | undefined
}

const algorithm = 'aes-256-gcm'
const ivLength = 12
const tagLength = 16

/** Sealed under what all nodes know: whichever of them a page comes back to can read it. */
export function sealedTokens(secret: Uint8Array): SealedTokens {
  const key = createHmac('sha256', secret).update('sealed token').digest()
  return {
    seal(wopiSrc, token) {
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(wopiSrc))
      const content = Buffer.concat([cipher.update(JSON.stringify(token), 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64url')
    },
    unseal(wopiSrc, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const iv = bytes.subarray(0, ivLength)
      const tag = bytes.subarray(ivLength, ivLength + tagLength)
      if (tag.length < tagLength) return undefined
      const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength })
      decipher.setAAD(Buffer.from(wopiSrc)).setAuthTag(tag)
      try {
        const content = bytes.subarray(ivLength + tagLength)
        return JSON.parse(Buffer.concat([decipher.update(content), decipher.final()]).toString())
      } catch {
        return undefined
      }
    },
  }
}
