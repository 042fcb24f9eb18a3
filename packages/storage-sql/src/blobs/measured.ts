import { createHash } from 'node:crypto'
import type { Content } from '@openwopi/host'

/** What has been seen of a content once it has flowed by. */
export interface Measured {
  readonly content: Content
  /** Bytes so far. */
  size(): number
  /** Base64 of the SHA-256. To be asked once, at the end. */
  sha256(): string
}

/** Content that is counted and hashed on its way, and refused where it is not of the size that was said. */
export function measured(content: Content, expected?: number): Measured {
  const hash = createHash('sha256')
  let size = 0
  async function* passing(): Content {
    for await (const piece of content) {
      size += piece.byteLength
      if (expected !== undefined && size > expected) throw new SizeMismatch(size, expected)
      hash.update(piece)
      yield piece
    }
    if (expected !== undefined && size !== expected) throw new SizeMismatch(size, expected)
  }
  return { content: passing(), size: () => size, sha256: () => hash.digest('base64') }
}

/** A content turned out longer or shorter than was said. */
export class SizeMismatch extends Error {
  override name = 'SizeMismatch'
  constructor(size: number, expected: number) {
    super(`${size} bytes have come where ${expected} were to`)
  }
}

/**
 * Content that breaks off at its end, before its last piece is passed on, if it is not what `sha256` (base64) says: for
 * reading a whole blob. A reader that was told the size never takes damaged bytes for the whole of it.
 */
export async function* verified(content: Content, sha256: string, what: string): Content {
  const hash = createHash('sha256')
  let last: Uint8Array | undefined
  for await (const piece of content) {
    hash.update(piece)
    if (last) yield last
    last = piece
  }
  if (hash.digest('base64') !== sha256) throw new DamagedContent(what)
  if (last) yield last
}

/** What lies in the store is not what was put there. */
export class DamagedContent extends Error {
  override name = 'DamagedContent'
  constructor(what: string) {
    super(`${what} is damaged: its bytes are not those that were stored. \`openwopi fsck\` says what can be done.`)
  }
}
