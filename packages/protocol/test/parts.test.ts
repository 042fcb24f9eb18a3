import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asciiBody,
  bytes,
  decode,
  encode,
  flag,
  header,
  integer,
  json,
  lenient,
  list,
  lockId,
  optional,
  text,
  textOf,
  utf7,
} from '../src/index.ts'

const request = (headers: Record<string, string>, body?: string | Uint8Array) =>
  new Request('http://host/', { method: 'POST', headers, ...(body === undefined ? {} : { body: Buffer.from(body) }) })

const parts = {
  lock: header('X-WOPI-Lock', lockId),
  name: optional(header('X-WOPI-RequestedName', utf7)),
  size: optional(header('X-WOPI-Size', integer)),
  overwrite: optional(header('X-WOPI-OverwriteRelativeTarget', flag)),
  editors: optional(header('X-WOPI-Editors', list)),
  stamp: optional(header('X-COOL-WOPI-Timestamp', text, { alias: 'X-LOOL-WOPI-Timestamp', emptyCounts: true })),
}

const printable = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) })
const name = fc.string({ unit: 'grapheme' }).filter((value) => value.trim() === value && !/\p{Cc}/u.test(value))

describe('the parts of a message', () => {
  test('what one end writes, the other reads', async () => {
    const values = fc.record(
      {
        lock: printable.filter((value) => value.length > 0 && value.length <= 1024),
        name: name.filter((value) => value !== ''),
        size: fc.nat(),
        overwrite: fc.boolean(),
        editors: fc.array(fc.stringMatching(/^[a-zA-Z0-9]+$/), { minLength: 1 }),
        stamp: printable,
      },
      { requiredKeys: ['lock'] },
    )
    await fc.assert(
      fc.asyncProperty(values, async (sent) => {
        expect(await decode(parts, request(encode(parts, sent).headers))).toEqual(sent)
      }),
    )
  })

  test.each([
    ['X-WOPI-Lock is missing', {}],
    ['X-WOPI-Lock is missing', { 'X-WOPI-Lock': '' }],
    ['X-WOPI-Lock is longer than 1024 characters', { 'X-WOPI-Lock': 'x'.repeat(1025) }],
    ['X-WOPI-Lock is not printable ASCII', { 'X-WOPI-Lock': 'a\tb' }],
    ['X-WOPI-Lock is not printable ASCII', { 'X-WOPI-Lock': 'é' }],
    ['X-WOPI-Size is not a whole number', { 'X-WOPI-Lock': 'a', 'X-WOPI-Size': '-1' }],
    ['X-WOPI-Size is not a whole number', { 'X-WOPI-Lock': 'a', 'X-WOPI-Size': '1e3' }],
    ['X-WOPI-Size is not a whole number', { 'X-WOPI-Lock': 'a', 'X-WOPI-Size': '9'.repeat(17) }],
    [
      'X-WOPI-OverwriteRelativeTarget is neither true nor false',
      { 'X-WOPI-Lock': 'a', 'X-WOPI-OverwriteRelativeTarget': '1' },
    ],
    ['X-WOPI-RequestedName is not UTF-7: nothing follows a +', { 'X-WOPI-Lock': 'a', 'X-WOPI-RequestedName': 'a+' }],
  ])('%s: %j', async (message, headers) => {
    await expect(decode(parts, request(headers))).rejects.toThrow(new SyntaxError(message))
  })

  test('a lock id of 1,024 characters is taken, and one with a line break is never written', async () => {
    const lock = '~'.repeat(1024)
    expect(await decode(parts, request({ 'X-WOPI-Lock': lock }))).toEqual({ lock })
    expect(() => encode(parts, { lock: 'a\r\nSet-Cookie: b' })).toThrow(SyntaxError)
  })

  test('a header is found under its older name', async () => {
    const headers = { 'X-WOPI-Lock': 'a', 'X-LOOL-WOPI-Timestamp': 'then', 'X-WOPI-OverwriteRelativeTarget': 'True' }
    expect(await decode(parts, request(headers))).toEqual({ lock: 'a', stamp: 'then', overwrite: true })
  })
})

describe('a body', () => {
  const body = { value: json<{ a?: number }>() }

  test.each(['[]', 'null', '1', '{', '"text"', '\u0000'])('%j is not a JSON object', async (raw) => {
    await expect(decode(body, request({}, raw))).rejects.toThrow(SyntaxError)
    expect(await decode({ value: lenient(body.value) }, request({}, raw))).toEqual({})
  })

  test('text that is not UTF-8 or not ASCII is malformed', async () => {
    await expect(decode(body, request({}, Uint8Array.of(0x22, 0xff, 0x22)))).rejects.toThrow('the body is not UTF-8')
    await expect(decode({ value: asciiBody(10) }, request({}, 'é'))).rejects.toThrow('the body is not ASCII')
    await expect(decode({ value: asciiBody(10) }, request({}, 'x'.repeat(11)))).rejects.toThrow('longer than 10 bytes')
  })

  test('text may be cut anywhere, even within a character', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 5 }), async (value, step) => {
        const all = new TextEncoder().encode(value)
        async function* pieces() {
          for (let at = 0; at < all.length; at += step) yield all.subarray(at, at + step)
        }
        expect(await textOf(pieces())).toBe(value.replace(/^\ufeff/, ''))
      }),
    )
  })

  test('a connection that breaks off is not taken for bad text', async () => {
    async function* broken() {
      yield new TextEncoder().encode('{')
      throw new TypeError('terminated')
    }
    await expect(textOf(broken())).rejects.toThrow(new TypeError('terminated'))
  })

  test('bytes flow as they are, and a message without any is empty', async () => {
    const read = async (message: Request) => textOf((await decode({ content: bytes }, message)).content)
    expect(await read(request({}, 'abc'))).toBe('abc')
    expect(await read(new Request('http://host/'))).toBe('')
  })
})
