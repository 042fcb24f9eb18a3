import { createHmac, timingSafeEqual } from 'node:crypto'

/** What stands at the end of a link: the id of its row, and what only the holder of the key can make of it. */
export interface LinkSecrets {
  secretOf(id: string): string
  /** The id that a secret was made of. `undefined`: it was not made here. */
  idOf(secret: string): string | undefined
}

/** Bytes: with so many, trying is hopeless. */
const length = 18

/** In the alphabet of base64url. */
const secretLength = (length / 3) * 4

/**
 * The secrets of links of one `purpose`. None is kept: whoever reads what a storage has written can open nothing without
 * the key, and a guess is told from a link without looking anything up.
 */
export function linkSecrets(key: Uint8Array, purpose: string): LinkSecrets {
  if (key.byteLength < 32) throw new RangeError('links need a key of at least 32 bytes')
  const markOf = (id: string) =>
    createHmac('sha256', key).update(`${purpose}:${id}`).digest().subarray(0, length).toString('base64url')

  return {
    secretOf: (id) => id + markOf(id),
    idOf(secret) {
      if (!/^[\w-]{25,200}$/.test(secret)) return undefined
      const id = secret.slice(0, -secretLength)
      const isOurs = timingSafeEqual(Buffer.from(secret.slice(-secretLength)), Buffer.from(markOf(id)))
      return isOurs ? id : undefined
    },
  }
}
