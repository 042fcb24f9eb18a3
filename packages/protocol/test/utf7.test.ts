import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeUtf7, encodeUtf7 } from '../src/index.ts'

/** Text, as other encoders write it (Python, iconv), and as .NET and we do, with every run closed. */
const vectors = [
  ['madeup_name.wopitestx', 'madeup_name.wopitestx', 'madeup+AF8-name.wopitestx'],
  ['Résumé.docx', 'R+AOk-sum+AOk.docx', 'R+AOk-sum+AOk-.docx'],
  ['A&B + C.docx', 'A&B +- C.docx', 'A+ACY-B +- C.docx'],
  ['日本語.xlsx', '+ZeVnLIqe.xlsx', '+ZeVnLIqe-.xlsx'],
  ['€', '+IKw-', '+IKw-'],
  ['😀.docx', '+2D3eAA.docx', '+2D3eAA-.docx'],
  ['x~y\\z', 'x+AH4-y+AFw-z', 'x+AH4-y+AFw-z'],
  [
    'Ḽơᶉëᶆ ȋṕšᶙṁ ḍỡḽǭᵳ ʂǐť',
    '+HjwBoR2JAOsdhg +AgseVQFhHZkeQQ +Hg0e4R49Ae0dcw +AoIB0AFl-',
    '+HjwBoR2JAOsdhg- +AgseVQFhHZkeQQ- +Hg0e4R49Ae0dcw- +AoIB0AFl-',
  ],
] as const

const latin1 = (value: string) => Buffer.from(value, 'utf8').toString('latin1')
const fit = fc.string({ unit: 'binary' }).filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value))

describe('UTF-7', () => {
  test.each(vectors)('%s is read from every encoder and written for every decoder', (value, theirs, ours) => {
    expect(decodeUtf7(theirs)).toBe(value)
    expect(decodeUtf7(ours)).toBe(value)
    expect(encodeUtf7(value)).toBe(ours)
  })

  test('any text comes back as it was, through ASCII alone', () => {
    fc.assert(
      fc.property(fit, (value) => {
        const raw = encodeUtf7(value)
        expect(raw).toMatch(/^[A-Za-z0-9'(),./:? +-]*$/)
        expect(decodeUtf7(raw)).toBe(value)
      }),
    )
  })

  test('a run may start and end anywhere, and need not be closed before what cannot continue it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fit, fc.boolean(), fc.boolean())), (pieces) => {
        const raw = pieces.map(([value, isShifted, isClosed], at) => {
          if (value === '' || !isShifted) return encodeUtf7(value)
          const run = Buffer.from(value, 'utf16le').swap16().toString('base64').replaceAll('=', '')
          const isLast = at === pieces.length - 1
          return `+${run}${isLast && !isClosed ? '' : '-'}`
        })
        expect(decodeUtf7(raw.join(''))).toBe(pieces.map(([value]) => value).join(''))
      }),
    )
  })

  test('UTF-8 that some clients and proxies put into a header is read too', () => {
    expect(decodeUtf7(latin1('Résumé – 日本語.docx'))).toBe('Résumé – 日本語.docx')
    expect(decodeUtf7(`${latin1('é')}+AOk-`)).toBe('éé')
  })

  test.each([
    ['nothing after the +', '+'],
    ['something else than Base64 after the +', 'a+ b'],
    ['a run of one digit', '+A-'],
    ['a run that ends within a character', '+AOkA-'],
    ['bits left over that are not zero', '+AOn-'],
    ['a high surrogate alone', '+2D0-'],
    ['a low surrogate alone', '+3gA-'],
    ['surrogates in the wrong order', '+3gDYPQ-'],
    ['NUL', '+AAA-'],
    ['a line break inside a run', '+AAoADQ-'],
    ['a raw control character', 'a\tb'],
    ['a control character of Latin-1', latin1('\u0085')],
    ['bytes that are not UTF-8', 'R\xe9sum\xe9'],
    ['a character that no header can hold', '日'],
  ])('%s is malformed', (_, raw) => {
    expect(() => decodeUtf7(raw)).toThrow(SyntaxError)
  })

  test.each(['a\0b', 'a\nb', '\ud800'])('what a name cannot hold is not written: %j', (value) => {
    expect(() => encodeUtf7(value)).toThrow(SyntaxError)
  })

  test('whatever arrives is either read or refused as malformed', () => {
    const raw = fc.string({ unit: fc.constantFrom(...'+-AzQ9/&~\\ \xe9\xc3\xa9=') })
    fc.assert(
      fc.property(raw, (value) => {
        try {
          expect(decodeUtf7(encodeUtf7(decodeUtf7(value)))).toBe(decodeUtf7(value))
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
    )
  })
})

test('a space at either end of a name survives the white space that surrounds a header', () => {
  for (const name of [' a', 'a ', '  ', ' + ', ' ä ']) expect(decodeUtf7(encodeUtf7(name).trim())).toBe(name)
})
