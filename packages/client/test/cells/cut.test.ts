import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Chunk } from '../../src/cells/file/chunks.ts'
import { cut } from '../../src/cells/file/cut.ts'

const chunk = (bytes: Uint8Array, at: number): Chunk => ({ leaf: `leaf:${at}`, groups: new Set(), bytes })
const bytesOf = (stretches: ReturnType<typeof cut>) =>
  Buffer.concat(stretches.map((stretch) => ('kept' in stretch ? stretch.kept.bytes : stretch.fresh)))

test('Whatever is known, what is cut is the content again, and known chunks are found wherever they are.', () => {
  // Few different bytes, so that chunks look alike.
  const bytes = fc.array(fc.nat({ max: 2 }), { maxLength: 120 }).map((values) => Uint8Array.from(values))
  const parts = fc.array(fc.oneof(bytes, fc.nat({ max: 5 })), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 6 }), parts, (pieces, order) => {
      const known = pieces.map(chunk)
      const content = Buffer.concat(
        order
          .map((part) => (typeof part === 'number' ? (pieces[part] ?? []) : part))
          .map((part) => Uint8Array.from(part)),
      )
      expect(bytesOf(cut(content, known)).equals(content)).toBe(true)
    }),
  )
})

test('Chunks that are alike but for their ends take no more time than the content is long.', () => {
  const zeros = new Uint8Array(2 ** 20)
  const known = Array.from({ length: 50 }, (_, at) => {
    const bytes = new Uint8Array(65_535)
    bytes[65_000] = at + 1
    return chunk(bytes, at)
  })
  const stretches = cut(zeros, known)
  expect(stretches.map((stretch) => Object.keys(stretch))).toEqual([['fresh']])
  // Compared as buffers are: expect looks at each of a million numbers.
  expect(bytesOf(stretches).equals(zeros)).toBe(true)
  const whole = chunk(new Uint8Array(65_535), 1)
  expect(cut(whole.bytes, [whole]).map((stretch) => 'kept' in stretch && stretch.kept === whole)).toEqual([true])
})
