import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Base64Piece, base64Of, base64Reader } from '../../src/envelope/base64.ts'

const letters = (text: string) => new TextEncoder().encode(text)

function bytesInBase64(pieces: readonly Base64Piece[]): Uint8Array | undefined {
  const reader = base64Reader()
  for (const piece of pieces) reader.take(piece)
  return reader.end()
}

const inLines = (base64: string) => base64.replace(/.{76}/g, '$&\r\n')

describe('Base64', () => {
  test('is read in whatever pieces it comes, and with lines in it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.nat({ max: 420 })),
        fc.boolean(),
        (bytes, cuts, asText) => {
          const base64 = inLines(Buffer.from(bytes).toString('base64'))
          const places = [0, ...cuts.filter((cut) => cut < base64.length).sort((one, other) => one - other)]
          const pieces = places.map((place, index) => base64.slice(place, places[index + 1]))
          const read = bytesInBase64(asText ? pieces : pieces.map(letters))
          expect(read ? [...read] : []).toEqual([...bytes])
        },
      ),
    )
  })

  test('that is long is read as it is, in lines or not, in either alphabet', () => {
    const bytes = randomBytes(3_000_001)
    const base64 = bytes.toString('base64')
    for (const text of [base64, inLines(base64), base64.replaceAll('+', '-').replaceAll('/', '_')]) {
      expect(bytes.equals(bytesInBase64([letters(text)]) ?? new Uint8Array())).toBe(true)
      expect(bytes.equals(bytesInBase64([text]) ?? new Uint8Array())).toBe(true)
    }
  })

  test('is written from pieces as from one', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 12 })), (pieces) => {
        expect([...base64Of(pieces)].join('')).toBe(Buffer.concat(pieces).toString('base64'))
      }),
    )
  })

  test('is nothing where there are no letters, and passes over what is none', () => {
    expect(bytesInBase64([])).toBeUndefined()
    expect(bytesInBase64(['', ' \r\n\t', '!!!'])).toBeUndefined()
    expect(Buffer.from(bytesInBase64(['QU!J\u20acD']) ?? []).toString()).toBe('ABC')
  })
})
