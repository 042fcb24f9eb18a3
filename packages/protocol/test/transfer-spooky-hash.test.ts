import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chunkId, createSpookyHash, hashOfChunkId, spookyHash } from '../src/transfer/index.ts'
import { spookyBinary } from '../src/transfer/spooky-module.ts'
import { plainSpookyHash } from './plain-spooky-hash.ts'

const vectors = [
  ['', 'GQn1a/wGJyPHUei0Ze5yiw=='],
  ['foobar', 'md7tA6VXwIaaYjdO4o8XZQ=='],
  ['SampleTextVersion-1', 'OpSWhpt12BRkuGX4z7bQPg=='],
  ['a'.repeat(15), '1ackMR0dbL3p3C1QkmHdfw=='],
  ['a'.repeat(16), '64Kwonw3KvVj901RRL+iag=='],
  ['a'.repeat(32), 'jLMvu1APbESpIwoWdbktXA=='],
  ['a'.repeat(191), 's0D4PfezWDWmG0C1au8mPQ=='],
  ['a'.repeat(192), 'EhIlBZ0gCAVfEGbGFjwGYQ=='],
] as const

const twiceEveryByte = Uint8Array.from({ length: 512 }, (_, index) => index % 256)
const boundaries = [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 47, 48, 95, 96, 97, 191, 192, 193, 287, 288, 289]

/** Bytes that repeat only after a long while. */
const noise = (length: number) => Uint8Array.from({ length }, (_, index) => (index * index * 31 + index * 7) >> 3)

const everywhere = (length: number) => Array.from({ length }, (_, index) => index)

/** The hash of `bytes`, fed in pieces that end at `cuts`. */
function fed(bytes: Uint8Array, cuts: readonly number[]): Uint8Array {
  const hash = createSpookyHash()
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other), bytes.length]
  for (const [index, end] of ends.entries()) hash.update(bytes.subarray(ends[index - 1] ?? 0, end))
  return hash.digest()
}

describe('SpookyHash', () => {
  test.each(vectors)('of %j is %s', (text, id) => {
    expect(chunkId(spookyHash(new TextEncoder().encode(text)))).toBe(id)
  })

  test('of every byte twice is known', () => {
    expect(chunkId(spookyHash(twiceEveryByte))).toBe('+Z/v/KXu5jQuwCGQRRzsRQ==')
  })

  test.each(boundaries)('of %d bytes is what plain arithmetic makes of them', (length) => {
    expect(spookyHash(noise(length))).toEqual(plainSpookyHash(noise(length)))
    expect(fed(noise(length), [])).toEqual(plainSpookyHash(noise(length)))
    expect(fed(noise(length), everywhere(length))).toEqual(plainSpookyHash(noise(length)))
  })

  test('is the same however the bytes are cut into pieces', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.array(fc.nat(), { maxLength: 12 }), (bytes, cuts) => {
        expect(fed(bytes, cuts)).toEqual(plainSpookyHash(bytes))
      }),
    )
  })

  test('is the same when bytes come one by one, and when they come all at once', () => {
    const bytes = noise(1000)
    expect(fed(bytes, everywhere(bytes.length))).toEqual(spookyHash(bytes))
  })

  test('of more than fits into its memory is what plain arithmetic makes of it', () => {
    const bytes = noise(200_003)
    expect(spookyHash(bytes)).toEqual(plainSpookyHash(bytes))
    expect(fed(bytes, [1, 65_536, 65_537, 131_072])).toEqual(plainSpookyHash(bytes))
  })

  test('can be asked for on the way, and then goes on', () => {
    const [bytes, hash] = [noise(600), createSpookyHash()]
    for (const end of [0, 100, 200, 300, 600]) {
      hash.update(bytes.subarray(end === 0 ? 0 : end === 600 ? 300 : end - 100, end))
      expect(hash.digest()).toEqual(plainSpookyHash(bytes.subarray(0, end)))
    }
  })

  test('of one stream does not mix with that of another', () => {
    const [one, other] = [createSpookyHash(), createSpookyHash()]
    for (let at = 0; at < 1000; at += 100) {
      one.update(noise(1000).subarray(at, at + 100))
      other.update(twiceEveryByte.subarray(at / 10, at / 10 + 10))
    }
    expect(one.digest()).toEqual(plainSpookyHash(noise(1000)))
    expect(other.digest()).toEqual(plainSpookyHash(twiceEveryByte.subarray(0, 100)))
  })

  test('is small enough to be compiled at once in any browser', () => {
    expect(spookyBinary().length).toBeLessThan(4096)
    expect(WebAssembly.validate(spookyBinary())).toBe(true)
  })
})

describe('A chunk’s id', () => {
  test('says its hash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (hash) => {
        expect(chunkId(hash)).toBe(Buffer.from(hash).toString('base64'))
        expect(hashOfChunkId(chunkId(hash))).toEqual(hash)
      }),
    )
  })

  test.each([
    '',
    'GQn1a/wGJyPHUei0Ze5yiw',
    'GQn1a/wGJyPHUei0Ze5yiw=',
    'GQn1a/wGJyPHUei0Ze5yix==',
    'GQn1a_wGJyPHUei0Ze5yiw==',
    ' GQn1a/wGJyPHUei0Ze5yiw==',
    'GQn1a/wGJyPHUei0Ze5yiw==\n',
    'ZZbM2oyjAXOFHEnVJ7Q2cg//',
  ])('is not %j', (id) => {
    expect(hashOfChunkId(id)).toBeUndefined()
  })
})
