import { spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkPublicKey } from '../src/index.ts'
import {
  exportPublicKey,
  fromTicks,
  importPublicKey,
  type PublicKey,
  proofPayload,
  publicKeyBlob,
  readTicks,
  type SigningKeys,
  signProof,
  toTicks,
  verifyProof,
} from '../src/proof.ts'
import { discoveryKeys, vectors } from './proof-vectors.ts'

const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits }).privateKey

describe('the published vectors', () => {
  test.each(vectors)(
    '$name: $expected',
    ({ base, token, timestamp, payloadSha256, payloadLength, expected, ...proofs }) => {
      const request = { url: `${base}?access_token=${token}`, token, timestamp }
      const payload = proofPayload(request)
      expect(payload.length).toBe(payloadLength)
      expect(createHash('sha256').update(payload).digest('hex')).toBe(payloadSha256)
      expect(verifyProof({ ...request, ...proofs }, discoveryKeys)).toBe(expected)
    },
  )

  test.each(vectors)('$name fails once anything that is signed is another', (vector) => {
    const { base, token, timestamp, proof, proofOld } = vector
    const request = { url: `${base}?access_token=${token}`, token, timestamp, proof, proofOld }
    const match = (changed: Partial<typeof request>) => verifyProof({ ...request, ...changed }, discoveryKeys)
    expect(match({ token: `${token}x` })).toBeUndefined()
    expect(match({ url: `${request.url}&x=1` })).toBeUndefined()
    expect(match({ url: request.url.replace('https:', 'http:') })).toBeUndefined()
    expect(match({ timestamp: timestamp + 1n })).toBeUndefined()
    expect(match({ url: request.url.toUpperCase() })).toBe(vector.expected)
  })

  test('the sample key makes the blob that its discovery document prints', () => {
    const blob = Buffer.from(publicKeyBlob(discoveryKeys.current), 'base64')
    expect(blob.length).toBe(276)
    expect(blob.toString('base64')).toMatch(/^BgIAAACkAABSU0ExAAgAAAEAAQ/)
    expect(blob.subarray(20).toReversed()).toEqual(new Uint8Array(Buffer.from(discoveryKeys.current.modulus, 'base64')))
  })
})

describe('a proof', () => {
  const request = { url: 'https://host/wopi/files/1?access_token=t%2F', token: 't/', now: 1_600_000_000_000 }
  let a: Required<SigningKeys>
  let b: Required<SigningKeys>
  beforeAll(() => {
    const [first, second] = [rsa(2048), rsa(2048)]
    a = { current: first, old: first }
    b = { current: second, old: first }
  })
  const publish = (keys: SigningKeys) => ({
    current: exportPublicKey(keys.current),
    ...(keys.old ? { old: exportPublicKey(keys.old) } : {}),
  })
  const received = (headers: Record<string, string>) => ({
    url: request.url,
    token: request.token,
    proof: headers['X-WOPI-Proof'] ?? '',
    proofOld: headers['X-WOPI-ProofOld'],
    timestamp: readTicks(headers['X-WOPI-TimeStamp'] ?? '') ?? 0n,
  })

  test('holds for a client whose machines sign with different keys, whichever of them asks', () => {
    const farm = { ...publish(a), others: [publish(b)] }
    expect(verifyProof(received(signProof(request, a)), farm)).toBe('current')
    expect(verifyProof(received(signProof(request, b)), farm)).toBe('current')
    expect(verifyProof(received(signProof(request, { current: rsa(2048) })), farm)).toBeUndefined()
  })

  test('holds before and after the client rotates its keys, whichever of the two the host has heard of', () => {
    expect(verifyProof(received(signProof(request, a)), publish(a))).toBe('current')
    expect(verifyProof(received(signProof(request, b)), publish(a))).toBe('old-header')
    expect(verifyProof(received(signProof(request, a)), publish(b))).toBe('old-key')
    expect(verifyProof(received(signProof(request, b)), publish(b))).toBe('current')
  })

  test('of the old key under the old header proves nothing', () => {
    const signed = { ...received(signProof(request, b)), proof: 'AAAA' }
    expect(verifyProof(signed, publish(b))).toBeUndefined()
  })

  test('a client that has never rotated its keys signs both headers with the one it has', () => {
    const headers = signProof(request, { current: a.current })
    expect(headers['X-WOPI-ProofOld']).toBe(headers['X-WOPI-Proof'])
  })

  test.each([
    ['nothing', ''],
    ['a word', 'INVALID'],
    ['the Base64 of a word', 'SU5WQUxJRA=='],
    ['what is no Base64', '%%%'],
    ['what is no ASCII', 'é'],
    ['padding alone', '='],
    ['far too much', 'A'.repeat(100_000)],
    ['zeros of the right length', `${'A'.repeat(342)}==`],
  ])('whose signature is %s matches nothing', (_, signature) => {
    const signed = { ...received(signProof(request, a)), proof: signature, proofOld: signature }
    expect(verifyProof(signed, publish(b))).toBeUndefined()
  })

  test('no signature at all matches, and nothing that is no signature throws', () => {
    const keys = publish(b)
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.option(fc.base64String(), { nil: undefined }),
        (proof, proofOld) => {
          expect(verifyProof({ ...request, timestamp: 1n, proof, proofOld }, keys)).toBeUndefined()
        },
      ),
    )
  })

  test('a new key and its public half match, and a leading zero byte does not matter', () => {
    const key = exportPublicKey(a.current)
    const padded = Buffer.concat([Buffer.of(0), Buffer.from(key.modulus, 'base64')]).toString('base64')
    expect(exportPublicKey(importPublicKey({ ...key, modulus: padded }))).toEqual(key)
    expect(publicKeyBlob({ ...key, modulus: padded })).toBe(publicKeyBlob(key))
    const unpadded = { modulus: key.modulus.replace(/=+$/, ''), exponent: key.exponent }
    expect(exportPublicKey(importPublicKey(unpadded))).toEqual(key)
  })
})

describe('a time stamp', () => {
  test('counts 100 nanoseconds since the year 1', () => {
    expect(toTicks(Date.UTC(2015, 3, 25, 20, 16, 1, 77))).toBe(635655897610770000n)
    expect(fromTicks(635655897610773532n)).toBe(Date.UTC(2015, 3, 25, 20, 16, 1, 77))
    fc.assert(fc.property(fc.maxSafeNat(), (at) => fromTicks(toTicks(at)) === at))
  })

  test.each(['', '-1', '1.5', 'abc', ' 1', '9223372036854775808', '1'.repeat(30)])('%j is none', (raw) => {
    expect(readTicks(raw)).toBeUndefined()
  })

  test('the largest is the largest of 64 bits', () => {
    expect(readTicks('9223372036854775807')).toBe(2n ** 63n - 1n)
  })
})

describe('a public key is refused', () => {
  const good = discoveryKeys.current
  const modulusOf = (bytes: number, last: number) => {
    const modulus = Buffer.alloc(bytes, 0xff)
    modulus[bytes - 1] = last
    return modulus.toString('base64')
  }

  test.each<[string, PublicKey]>([
    ['the proof key has 1024 bits; 2048 to 8192 are accepted', { ...good, modulus: modulusOf(128, 1) }],
    ['the proof key has 8200 bits; 2048 to 8192 are accepted', { ...good, modulus: modulusOf(1025, 1) }],
    ['the proof key has 0 bits; 2048 to 8192 are accepted', { ...good, modulus: '' }],
    ['the proof key has 0 bits; 2048 to 8192 are accepted', { ...good, modulus: 'AAAA' }],
    ['the modulus of the proof key is even, so it is no RSA key', { ...good, modulus: modulusOf(256, 2) }],
    ['the exponent of the proof key is not an odd number of 2 to 32 bits', { ...good, exponent: 'AQ==' }],
    ['the exponent of the proof key is not an odd number of 2 to 32 bits', { ...good, exponent: 'AQAA' }],
    ['the exponent of the proof key is not an odd number of 2 to 32 bits', { ...good, exponent: 'AQEBAQEB' }],
    ['the exponent of the proof key is not Base64', { ...good, exponent: '65537' }],
    ['the modulus of the proof key is not Base64', { ...good, modulus: '<script>' }],
  ])('%s', (message, key) => {
    expect(() => checkPublicKey(key)).toThrow(new SyntaxError(message))
    expect(() => importPublicKey(key)).toThrow(new SyntaxError(message))
  })

  test.each([2048, 3072, 4096, 8192])('but not one of %i bits', (bits) => {
    expect(() => checkPublicKey({ ...good, modulus: modulusOf(bits / 8, 1) })).not.toThrow()
  })
})

test('a key that was just made is published, whatever is collected meanwhile', () => {
  const program = fileURLToPath(new URL('programs/export-new-keys.js', import.meta.url))
  const { status } = spawnSync(process.execPath, ['--max-semi-space-size=1', program], { timeout: 170_000 })
  expect(status).toBe(0)
}, 180_000)
