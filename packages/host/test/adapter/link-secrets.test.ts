import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkSecrets } from '../../src/adapter/link-secrets.ts'

const key = new Uint8Array(32).fill(1)
const id = fc.stringMatching(/^[\w-]{1,60}$/)

test('the id comes back out of the secret that was made of it, and out of no other', () => {
  const secrets = linkSecrets(key, 'share')
  fc.assert(
    fc.property(id, fc.nat(), fc.constantFrom(...'aZ_9'), (id, at, letter) => {
      const secret = secrets.secretOf(id)
      expect(secrets.idOf(secret)).toBe(id)
      const place = at % secret.length
      const other = secret.slice(0, place) + letter + secret.slice(place + 1)
      if (other !== secret) expect(secrets.idOf(other)).toBeUndefined()
    }),
  )
})

test('a secret of another key or for another purpose opens nothing', () => {
  const secret = linkSecrets(key, 'share').secretOf('7')
  expect(linkSecrets(key, 'form').idOf(secret)).toBeUndefined()
  expect(linkSecrets(new Uint8Array(32).fill(2), 'share').idOf(secret)).toBeUndefined()
})

test('a key that could be guessed is refused', () => {
  expect(() => linkSecrets(new Uint8Array(31), 'share')).toThrow('at least 32 bytes')
})
