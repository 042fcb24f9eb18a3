import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findProof, type ProofHints } from '../src/find-proof.ts'
import type { ProofKeys } from '../src/index.ts'
import { exportPublicKey, proofParts, signProof, toTicks, verifyProof } from '../src/proof.ts'
import { discoveryKeys, vectors } from './proof-vectors.ts'

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const [current, old, second, stranger] = [rsa(), rsa(), rsa(), rsa()]
const keys: ProofKeys = {
  current: exportPublicKey(current),
  old: exportPublicKey(old),
  others: [{ current: exportPublicKey(second) }],
}
const now = Date.UTC(2026, 5, 1)

interface Sent {
  readonly url: string
  readonly token: string
}

/** What arrives with the request `arrived`, when the client signed `signed`. */
function found(
  arrived: Sent,
  signed: Sent,
  { hints = {}, by = [current, old] }: { hints?: ProofHints; by?: KeyObject[] } = {},
) {
  const [now_ = current, before = now_] = by
  const headers = signProof({ ...signed, now }, { current: now_, old: before })
  const request = {
    ...arrived,
    proof: headers['X-WOPI-Proof'],
    proofOld: headers['X-WOPI-ProofOld'],
    timestamp: toTicks(now),
  }
  return findProof(request, keys, hints)
}

const plain = { url: 'https://files.example.org/wopi/files/1?access_token=T%2Ft&x=1', token: 'T/t' }
const says = (arrived: Sent, signed: Sent, hints: ProofHints = {}) =>
  found(arrived, signed, { hints }).match?.changes.map((change) => change.says)

describe('the published vectors', () => {
  test.each(vectors)('$name is found as what it is', ({ base, token, timestamp, expected, ...proofs }) => {
    const request = { url: `${base}?access_token=${token}`, token, timestamp, ...proofs }
    const { match } = findProof(request, discoveryKeys)
    const byKey = {
      current: 'X-WOPI-Proof current',
      'old-header': 'X-WOPI-ProofOld current',
      'old-key': 'X-WOPI-Proof old',
    }
    expect(match?.changes ?? []).toEqual([])
    if (expected) expect(`${match?.signature.header} ${match?.signature.key}`).toBe(byKey[expected])
    else
      expect(match === undefined || `${match.signature.header} ${match.signature.key}` === 'X-WOPI-ProofOld old').toBe(
        true,
      )
  })
})

describe('which key made a signature', () => {
  test('is told even if nothing is known of what it is over', () => {
    const finding = found(plain, { url: 'https://elsewhere.example/else', token: 'other' })
    expect(finding.match).toBeUndefined()
    expect(finding.signatures).toEqual([
      { header: 'X-WOPI-Proof', key: 'current', pair: 0 },
      { header: 'X-WOPI-ProofOld', key: 'old', pair: 0 },
    ])
  })

  test('is told of several pairs', () => {
    expect(found(plain, plain, { by: [second] }).match?.signature).toEqual({
      header: 'X-WOPI-Proof',
      key: 'current',
      pair: 1,
    })
  })

  test('is none of the client’s for what a stranger signs, or for what is no signature', () => {
    expect(found(plain, plain, { by: [stranger] })).toEqual({ signatures: [] })
    const request = { ...plain, proof: 'INVALID', proofOld: '%%%', timestamp: 1n }
    expect(findProof(request, keys)).toEqual({ signatures: [] })
  })

  test('is not told of a signature over another hash', () => {
    const payload = proofParts({ ...plain, url: plain.url.toUpperCase(), timestamp: toTicks(now) })
    const proof = sign('RSA-SHA1', payload, current).toString('base64')
    expect(findProof({ ...plain, proof, timestamp: toTicks(now) }, keys)).toEqual({ signatures: [] })
  })
})

describe('what a signature is over', () => {
  const { url, token } = plain
  const behind = { url: 'http://127.0.0.1:8080/wopi/files/1?access_token=T%2Ft&x=1', token }

  test('is the request as it is given', () => {
    expect(says(plain, plain)).toEqual([])
  })

  test.each<[string, Sent, Sent, ProofHints, string[]]>([
    ['http in place of https', plain, { url: url.replace('https', 'http'), token }, {}, ['with http']],
    [
      'another host',
      plain,
      { url: url.replace('files.', 'docs.'), token },
      { hosts: ['docs.example.org'] },
      ['with the host docs.example.org'],
    ],
    [
      'scheme and host',
      behind,
      plain,
      { hosts: ['files.example.org'] },
      ['with https', 'with the host files.example.org'],
    ],
    [
      'a port that goes without saying',
      plain,
      { url: url.replace('.org', '.org:443'), token },
      {},
      ['with the port 443'],
    ],
    [
      'a path that a proxy cuts',
      plain,
      { url: url.replace('/wopi', '/docs/wopi'), token },
      { prefixes: ['docs'] },
      ['with /docs before the path'],
    ],
    [
      'a path that a proxy adds',
      { url: url.replace('/wopi', '/a/b/wopi'), token },
      plain,
      {},
      ['without /a/b before the path'],
    ],
    [
      'a slash at the end',
      plain,
      { url: url.replace('files/1', 'files/1/'), token },
      {},
      ['with a slash at the end of the path'],
    ],
    [
      'escapes decoded on the way',
      { url: url.replace('%2F', '/'), token },
      plain,
      {},
      ['with everything in the query escaped'],
    ],
    [
      'an order changed on the way',
      { url: url.replace(/\?.*/, '?x=1&access_token=T%2Ft'), token },
      plain,
      {},
      ['with the token first in the query'],
    ],
    ['the token as it stands in the address', plain, { url, token: 'T%2Ft' }, {}, ['with the token escaped']],
    ['no query', plain, { url: url.replace(/\?.*/, ''), token }, {}, ['without its query']],
  ])('is found: %s', (_, arrived, signed, hints, expected) => {
    expect(says(arrived, signed, hints)).toEqual(expected)
  })

  test('is found where letters were not made upper case', () => {
    const payload = proofParts({ ...plain, timestamp: toTicks(now) })
    const proof = sign('RSA-SHA256', payload, current).toString('base64')
    const { match } = findProof({ ...plain, proof, timestamp: toTicks(now) }, keys)
    expect(match?.changes.map(({ kind }) => kind)).toEqual(['letters'])
  })

  const segment = fc.stringMatching(/^[a-z0-9]{1,8}$/)
  const value = fc.stringMatching(/^[A-Za-z0-9/+ ='.~-]{1,20}$/)
  const request = fc
    .record({
      scheme: fc.constantFrom('http', 'https'),
      path: fc.array(segment, { maxLength: 3 }),
      id: segment,
      value,
      more: fc.option(value),
    })
    .map(({ scheme, path, id, value: token, more }) => ({
      token,
      url: `${scheme}://h.example/${[...path, 'wopi', 'files', id].join('/')}?access_token=${encodeURIComponent(token)}${more === null ? '' : `&x=${encodeURIComponent(more)}`}`,
    }))
  /** What proxies and clients do to what is signed, each on its own account. */
  const faults: readonly ((sent: Sent) => Sent)[] = [
    (sent) => sent,
    ({ url, token }) => ({
      url: url.startsWith('https') ? url.replace('https', 'http') : url.replace('http', 'https'),
      token,
    }),
    ({ url, token }) => ({ url: url.replace('h.example', 'other.example:8443'), token }),
    ({ url, token }) => ({ url: url.replace('example/', 'example/pre/fix/'), token }),
    ({ url, token }) => ({ url: url.replace(/&x=.*/, ''), token }),
    ({ url, token }) => ({ url, token: encodeURIComponent(token) }),
    ({ url, token }) => ({ url: url.replace(/\?/, '/?'), token }),
  ]
  const hints = { hosts: ['other.example:8443'], prefixes: ['/pre/fix'] }

  test('is found whichever two things were done to it', () => {
    const fault = fc.nat(faults.length - 1)
    fc.assert(
      fc.property(request, fault, fault, (arrived, a, b) => {
        const once = faults[a]?.(arrived) ?? arrived
        const signed = a === b ? once : (faults[b]?.(once) ?? once)
        const { match } = found(arrived, signed, { hints })
        expect(match?.url.toUpperCase()).toBe(signed.url.toUpperCase())
        expect(match?.token).toBe(signed.token)
        expect(match?.changes.length).toBeLessThanOrEqual(2)
      }),
      { numRuns: 60 },
    )
  })

  test('is never said of what does not verify', () => {
    fc.assert(
      fc.property(request, request, (arrived, signed) => {
        const headers = signProof({ ...signed, now }, { current, old })
        const sent = { ...arrived, proof: headers['X-WOPI-Proof'], timestamp: toTicks(now) }
        const { match } = findProof(sent, keys, { ...hints, changes: 2 })
        if (match) expect(verifyProof({ ...sent, url: match.url, token: match.token }, keys)).toBe('current')
        else expect(arrived).not.toEqual(signed)
      }),
      { numRuns: 40 },
    )
  })

  test('is looked for without trouble in what is no address at all', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (url, token) => {
        expect(found({ url, token }, plain).signatures).toHaveLength(2)
      }),
      { numRuns: 20 },
    )
  })
})
