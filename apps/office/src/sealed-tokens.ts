import { createHmac } from 'node:crypto'
import { ivLength, seal, tagLength, unseal } from './sealed-text.ts'

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

/** Sealed under what all nodes know: whichever of them a page comes back to can read it. */
export function sealedTokens(secret: Uint8Array): SealedTokens {
  const key = createHmac('sha256', secret).update('sealed token').digest()
  return {
    seal(wopiSrc, token) {
      const { iv, tag, content } = seal(key, JSON.stringify(token), wopiSrc)
      return Buffer.concat([iv, tag, content]).toString('base64url')
    },
    unseal(wopiSrc, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const [iv, rest] = [bytes.subarray(0, ivLength), bytes.subarray(ivLength)]
      const [tag, content] = [rest.subarray(0, tagLength), rest.subarray(tagLength)]
      try {
        return JSON.parse(unseal(key, { iv, tag, content }, wopiSrc))
      } catch {
        return undefined
      }
    },
  }
}
