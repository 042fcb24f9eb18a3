import { createHash } from 'node:crypto'

/** A key that credentials are sealed with. */
export interface SealingKey {
  /** Tells one key from another, and nothing of what it is. */
  readonly id: string
  readonly bytes: Uint8Array
}

/** The key that seals, and all that open: a key that has been replaced still opens what was sealed with it. */
export interface KeyRing {
  readonly sealing: SealingKey
  find(id: string): SealingKey | undefined
}

/** Bytes of a key of AES-256. */
export const keyLength = 32

/**
 * Reads keys: each 32 bytes in Base64, with spaces, commas or line breaks between them; the first one seals. `where`
 * is how a person knows the place. What is wrong is thrown without any of it.
 */
export function readKeys(text: string, where: string): KeyRing {
  const written = text.split(/[\s,]+/).filter((each) => each !== '')
  const keys = written.map((each, index) => keyOf(each, `key ${index + 1} of ${where}`))
  const [sealing] = keys
  if (!sealing) throw new Error(`${where} holds no key. Make one with: openwopi secret new-key FILE`)
  return { sealing, find: (id) => keys.find((key) => key.id === id) }
}

function keyOf(written: string, what: string): SealingKey {
  const bytes = /^[\w+/-]{43}=?$/.test(written) ? Buffer.from(written, 'base64') : Buffer.alloc(0)
  if (bytes.byteLength !== keyLength)
    throw new Error(`The ${what} is not one: a key is 32 bytes in Base64, which openwopi secret new-key FILE makes.`)
  if (bytes.every((byte) => byte === bytes[0])) throw new Error(`The ${what} is no secret: all its bytes are the same.`)
  return { id: idOf(bytes), bytes }
}

const idOf = (bytes: Uint8Array) =>
  createHash('sha256').update('openwopi secure store key\0').update(bytes).digest('base64url').slice(0, 16)
