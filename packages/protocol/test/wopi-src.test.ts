import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWopiSrc, wopiSrc } from '../src/index.ts'

test.each([
  ['https://host/wopi/files/42', 'https://host/wopi', '42'],
  ['http://127.0.0.1:8080/wopi/files/a%20b', 'http://127.0.0.1:8080/wopi', 'a b'],
  ['https://host/any/prefix/wopi_test/files/42', 'https://host/any/prefix/wopi_test', '42'],
  ['https://host/_vti_bin/WOPI.ashx/files/42', 'https://host/_vti_bin/WOPI.ashx', '42'],
  ['https://host/wopi/files/a%2Fb', 'https://host/wopi', 'a/b'],
])('%s names a file', (url, base, id) => {
  expect(readWopiSrc(url)).toEqual({ base, on: 'file', id })
})

test.each([
  'https://host/api_wopi/files/42',
  'https://host/files/42',
  'https://host/wopi/files/ids/42',
  'https://host/wopi/x/files/42',
  'https://host/wopi/files/',
  'https://host/wopi/files/42/contents',
  'https://host/wopi/files/42?access_token=t',
  'https://host/wopi/files/42#part',
  'https://user:password@host/wopi/files/42',
  'https://user@host/wopi/files/42',
  'https://:password@host/wopi/files/42',
  'ftp://host/wopi/files/42',
  'file:///wopi/files/42',
  'javascript:alert(1)//wopi/files/42',
  '//host/wopi/files/42',
  '/wopi/files/42',
  'https://host/wopi/files/%zz',
  'https://host/wopi/files/..',
  '',
])('%s is no WOPISrc', (url) => {
  expect(readWopiSrc(url)).toBeUndefined()
})

test('a WOPISrc is taken apart into what it was made of, whatever the id', () => {
  const id = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value !== '.' && value !== '..')
  fc.assert(
    fc.property(id, (value) => {
      const base = 'https://host/a/wopi'
      expect(readWopiSrc(wopiSrc(`${base}/`, 'file', value))).toEqual({ base, on: 'file', id: value })
    }),
  )
})
