import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { envelopeReader } from '../../src/envelope/read-envelope.ts'
import { readEnvelope } from '../../src/index.ts'
import { bare, mtom, mtomType, soap } from './bodies.ts'

const message = randomBytes(200_000)
const base64 = message.toString('base64')
const cell = (inside: string) =>
  `<SubRequest Type="Cell" SubRequestToken="7"><SubRequestData BinaryDataSize="3">${inside}</SubRequestData></SubRequest>`
const utf8 = (text: string) => Buffer.from(text)
const comment = `<!-- ${'a > b < "c" '.repeat(800)} --->`.replace('--->', '-->')
const xop = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:cells"/>'

/** Bodies that all say the same, by what is peculiar to them. */
const bodies: Readonly<Record<string, readonly [Uint8Array, string?]>> = {
  'plain XML': [utf8(bare(cell(base64)))],
  'a SOAP envelope, and its base64 in lines': [utf8(soap(bare(cell(base64.replace(/.{76}/g, '$&\r\n')))))],
  UTF_16: [Buffer.from(`\ufeff${bare(cell(base64))}`, 'utf16le')],
  'entities between its letters': [utf8(bare(cell(`${base64.slice(0, 9000)}&#10;${base64.slice(9000)}`)))],
  'letters in a comment before its own': [utf8(bare(cell(`<!--${base64}${base64}-->${base64}`)))],
  'markup in comments, instructions and attributes': [
    utf8(bare(`${comment}<?b ${'x>'.repeat(3000)}?><a b="${'y>'.repeat(3000)}" c='"'/>${cell(comment + base64)}`)),
  ],
  'several parts': [mtom(bare(cell(xop)), { cells: message }), mtomType],
  'several parts, and long words behind them': [
    Buffer.concat([mtom(bare(cell(xop)), { cells: message }), randomBytes(100_000)]),
    mtomType,
  ],
}

/** What a body says, cut at these places. */
function readCut([bytes, contentType]: readonly [Uint8Array, string?], cuts: readonly number[], size?: number) {
  const reader = envelopeReader({ ...(contentType && { contentType }), ...(size !== undefined && { size }) })
  const places = [0, ...[...cuts].map((cut) => cut % bytes.length).sort((one, other) => one - other), bytes.length]
  for (const [index, place] of places.entries()) reader.write(bytes.subarray(place, places[index + 1]))
  return reader.end()
}

describe.each(Object.entries(bodies))('A body with %s', (_, body) => {
  test('is read in whatever chunks it comes, whether it is known how long it is or not', () => {
    const whole = readEnvelope(...body)
    expect(message.equals(whole.requests[0]?.subRequests.at(-1)?.bytes ?? new Uint8Array())).toBe(true)
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 300_000 }), { maxLength: 40 }),
        fc.option(fc.nat({ max: 10 ** 6 }), { nil: undefined }),
        (cuts, size) => {
          const read = readCut(body, cuts, size).requests[0]?.subRequests.at(-1)?.bytes
          expect(message.equals(read ?? new Uint8Array())).toBe(true)
        },
      ),
      { numRuns: 30 },
    )
  })
})

test('A body that comes byte by byte is read as one that comes at once', () => {
  const bytes = utf8(bare(cell(base64.slice(0, 20_000))))
  const reader = envelopeReader()
  for (let at = 0; at < bytes.length; at++) reader.write(bytes.subarray(at, at + 1))
  expect(reader.end()).toEqual(readEnvelope(bytes))
})
