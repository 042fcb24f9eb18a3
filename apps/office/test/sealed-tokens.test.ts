import { expect, test } from 'vitest'
import { sealedTokens } from '../src/sealed-tokens.ts'

const file = 'https://host.test/wopi/files/1'
const token = { accessToken: 'secret', expiresAt: 1_800_000_000_000 }
const one = sealedTokens(Buffer.alloc(32, 1))

test('a token that one node has sealed is read by another, and by nobody who does not know their secret', () => {
  const sealed = one.seal(file, token)
  expect(sealedTokens(Buffer.alloc(32, 1)).unseal(file, sealed)).toEqual(token)
  expect(sealedTokens(Buffer.alloc(32, 2)).unseal(file, sealed)).toBeUndefined()
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('secret')
})

test('a token that was sealed for one file is good for no other', () => {
  expect(one.unseal('https://host.test/wopi/files/2', one.seal(file, token))).toBeUndefined()
})

test('whatever has been changed is no sealed token', () => {
  const bytes = Buffer.from(one.seal(file, token), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    expect(one.unseal(file, changed.toString('base64url'))).toBeUndefined()
    expect(one.unseal(file, bytes.subarray(0, at).toString('base64url'))).toBeUndefined()
  }
})
