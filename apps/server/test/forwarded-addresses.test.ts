import fc from 'fast-check'
import { expect, test } from 'vitest'
import { forwardedAddresses } from '../src/proof/forwarded-addresses.ts'

const url = 'http://inside:8080/docs/wopi/files/1?access_token=t'
const told = (headers: Readonly<Record<string, string>>, of = url) =>
  forwardedAddresses({ url: of, headers: new Headers(headers) })

test.each<[headers: Readonly<Record<string, string>>, expected: readonly string[]]>([
  [{}, []],
  [{ 'X-Forwarded-Proto': 'http', 'X-Forwarded-Host': 'inside:8080' }, []],
  [{ 'X-Forwarded-Proto': 'https' }, ['https://inside:8080/docs/wopi/files/1?access_token=t']],
  [
    { 'X-Forwarded-Proto': 'http, https', 'X-Forwarded-Host': 'far.example, near.example:444' },
    ['https://near.example:444/docs/wopi/files/1?access_token=t'],
  ],
  [{ 'X-Forwarded-Prefix': '/far' }, ['http://inside:8080/far/docs/wopi/files/1?access_token=t']],
  [{ 'X-Forwarded-Prefix': '/docs' }, []],
  [{ 'X-Forwarded-Host': 'evil.example/wopi/files/2?' }, []],
  [{ 'X-Forwarded-Proto': 'javascript', 'X-Forwarded-Prefix': '/../x?y' }, []],
])('%j makes %j of the address', (headers, expected) => {
  expect(told(headers)).toEqual(expected)
})

test('whatever is forwarded, path and query stay those of the request', () => {
  const text = fc.string({ unit: 'grapheme-ascii' }).map((value) => value.replace(/[^\x21-\x7e]/g, ''))
  fc.assert(
    fc.property(text, text, text, (host, proto, prefix) => {
      const headers = { 'X-Forwarded-Host': host, 'X-Forwarded-Proto': proto, 'X-Forwarded-Prefix': prefix }
      for (const address of told(headers)) expect(address.endsWith('/docs/wopi/files/1?access_token=t')).toBe(true)
    }),
  )
})
