import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { exportPublicKey, signProof } from '@openwopi/protocol/proof'
import { describe, expect, test } from 'vitest'
import { type ProofSource, proofCheck, type RefusedProof } from '../src/proof-check.ts'

const [first, second, stranger] = [pair(), pair(), pair()]
function pair() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

const url = 'https://host.example/wopi/files/1?access_token=T%2Bt&x=1'
const token = 'T+t'
const now = Date.UTC(2026, 5, 1)

const signed = (current: KeyObject, old: KeyObject, at = now, over: { url?: string; token?: string } = {}) =>
  new Headers(signProof({ token: over.token ?? token, url: over.url ?? url, now: at }, { current, old }))
const published = (current: KeyObject, old?: KeyObject): ProofSource => ({
  mode: 'required',
  keys: { current: exportPublicKey(current), ...(old && { old: exportPublicKey(old) }) },
})
const verify = (headers: Headers, source: ProofSource, refreshed?: ProofSource) => {
  let known = source
  const refresh = async () => {
    if (!refreshed) return false
    known = refreshed
    return true
  }
  return proofCheck({ keysOf: async () => known, refresh, now: () => now }).verify(
    { url, tokens: [token, 'T%2Bt'], headers },
    'client',
  )
}

describe('with keys known', () => {
  const keys = published(second.publicKey, first.publicKey)

  test('a proof holds by the current key, by the old header with the current key, and by the old key', async () => {
    expect(await verify(signed(second.privateKey, first.privateKey), keys)).toBe(true)
    expect(await verify(signed(stranger.privateKey, second.privateKey), keys)).toBe(true)
    expect(await verify(signed(first.privateKey, stranger.privateKey), keys)).toBe(true)
  })

  test('a proof does not hold by the old header with the old key, nor by a stranger’s', async () => {
    expect(await verify(signed(stranger.privateKey, first.privateKey), keys)).toBe(false)
    expect(await verify(signed(stranger.privateKey, stranger.privateKey), keys)).toBe(false)
  })

  test('a proof holds for twenty minutes', async () => {
    expect(await verify(signed(second.privateKey, first.privateKey, now - 20 * 60_000), keys)).toBe(true)
    expect(await verify(signed(second.privateKey, first.privateKey, now - 20 * 60_000 - 1000), keys)).toBe(false)
    expect(await verify(signed(second.privateKey, first.privateKey, now + 4 * 60_000), keys)).toBe(true)
    expect(await verify(signed(second.privateKey, first.privateKey, now + 6 * 60_000), keys)).toBe(false)
  })

  test('a proof of another address or another token does not hold; the token may be signed as it stands in the address', async () => {
    expect(await verify(signed(second.privateKey, first.privateKey, now, { url: `${url}&y` }), keys)).toBe(false)
    expect(await verify(signed(second.privateKey, first.privateKey, now, { token: 'other' }), keys)).toBe(false)
    expect(await verify(signed(second.privateKey, first.privateKey, now, { token: 'T%2Bt' }), keys)).toBe(true)
  })

  test('headers that are missing or malformed prove nothing', async () => {
    expect(await verify(new Headers(), keys)).toBe(false)
    const good = signed(second.privateKey, first.privateKey)
    for (const [name, value] of [
      ['X-WOPI-Proof', 'INVALID'],
      ['X-WOPI-Proof', '%%%'],
      ['X-WOPI-TimeStamp', 'yesterday'],
      ['X-WOPI-TimeStamp', '-1'],
      ['X-WOPI-TimeStamp', '9'.repeat(40)],
    ]) {
      const headers = new Headers(good)
      headers.set(name ?? '', value ?? '')
      if (name === 'X-WOPI-Proof') headers.set('X-WOPI-ProofOld', '')
      expect(await verify(headers, keys), value).toBe(false)
    }
  })

  test('a client that has changed its key twice is known again after its discovery is read anew', async () => {
    expect(await verify(signed(stranger.privateKey, stranger.privateKey), keys, published(stranger.publicKey))).toBe(
      true,
    )
    expect(
      await verify(
        signed(first.privateKey, first.privateKey),
        published(second.publicKey),
        published(stranger.publicKey),
      ),
    ).toBe(false)
  })
})

test('a client without keys is refused where proofs are required, and only there', async () => {
  const headers = signed(first.privateKey, first.privateKey)
  expect(await verify(headers, { mode: 'required' })).toBe(false)
  expect(await verify(headers, { mode: 'if-present' })).toBe(true)
  expect(await verify(headers, { mode: 'off' })).toBe(true)
})

test('where a proof is checked only if it is present, one that is present must hold', async () => {
  const source: ProofSource = { ...published(first.publicKey), mode: 'if-present' }
  expect(await verify(new Headers(), source)).toBe(true)
  expect(await verify(signed(stranger.privateKey, stranger.privateKey), source)).toBe(false)
  expect(await verify(signed(first.privateKey, first.privateKey), source)).toBe(true)
})

test('a proof holds for each machine of a client that lists the keys of several', async () => {
  const source: ProofSource = {
    mode: 'required',
    keys: { current: exportPublicKey(first.publicKey), others: [{ current: exportPublicKey(second.publicKey) }] },
  }
  expect(await verify(signed(first.privateKey, first.privateKey), source)).toBe(true)
  expect(await verify(signed(second.privateKey, second.privateKey), source)).toBe(true)
  expect(await verify(signed(stranger.privateKey, stranger.privateKey), source)).toBe(false)
})

test('requests that arrive while a new key is being read are judged by it too, even if they may not ask for it', async () => {
  let source = published(first.publicKey)
  let isRead = false
  const check = proofCheck({
    keysOf: async () => source,
    // As with a limit on how often it is read: only the first is told that it was.
    refresh: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      source = published(second.publicKey)
      const isFirst = !isRead
      isRead = true
      return isFirst
    },
    now: () => now,
  })
  const request = { url, tokens: [token], headers: signed(second.privateKey, second.privateKey) }
  expect(await Promise.all([1, 2, 3].map(() => check.verify(request, 'client')))).toEqual([true, true, true])
})

test('a proof holds for another address only where the host says that the client may have called that', async () => {
  const source = published(first.publicKey)
  const headers = signed(first.privateKey, first.privateKey, now, { url: 'https://proxy.example/wopi/files/1' })
  const keysOf = async () => source
  const request = { url, tokens: [token], headers }
  const told = proofCheck({ keysOf, addressesOf: () => ['https://proxy.example/wopi/files/1'], now: () => now })
  expect(await proofCheck({ keysOf, now: () => now }).verify(request, 'client')).toBe(false)
  expect(await told.verify(request, 'client')).toBe(true)
})

test('whoever asks is told why a proof does not hold', async () => {
  const refusals: RefusedProof[] = []
  const check = (source: ProofSource) =>
    proofCheck({ keysOf: async () => source, refused: (refusal) => refusals.push(refusal), now: () => now })
  const ask = (headers: Headers, source = published(first.publicKey)) =>
    check(source).verify({ url, tokens: [token], headers }, 'client')
  const noTime = signed(first.privateKey, first.privateKey)
  noTime.delete('X-WOPI-TimeStamp')
  await ask(signed(first.privateKey, first.privateKey))
  await ask(new Headers())
  await ask(signed(first.privateKey, first.privateKey, now - 30 * 60_000))
  await ask(noTime)
  await ask(signed(stranger.privateKey, stranger.privateKey))
  await ask(signed(stranger.privateKey, stranger.privateKey), { mode: 'required' })
  expect(refusals.map(({ fault, age }) => [fault, age])).toEqual([
    ['missing', undefined],
    ['stale', 30 * 60_000],
    ['stale', undefined],
    ['no match', 0],
    ['no keys', 0],
  ])
  expect(refusals[3]).toMatchObject({ client: 'client', request: { url }, keys: published(first.publicKey).keys })
})
