import type { Content } from '@openwopi/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Discardable, putAside } from '../../src/adapter/put-aside.ts'

async function* flowing(pieces: readonly Uint8Array[]): Content {
  yield* pieces
}

async function gathered(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** A place for what is too much for memory, and how often it was needed. */
function elsewhere() {
  const place = { used: 0, discarded: 0 }
  const put = async (content: Content): Promise<Discardable> => {
    place.used++
    const bytes = await gathered(content)
    return {
      size: bytes.byteLength,
      async *read(start, end) {
        yield bytes.subarray(start, end)
      },
      discard: async () => void place.discarded++,
    }
  }
  return { place, put }
}

test('whatever is put aside can be read again from anywhere, and only what is much takes a place of its own', async () => {
  const sizes = fc.array(fc.nat(120 * 1024), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (sizes, one, other) => {
      const { place, put } = elsewhere()
      const pieces = sizes.map((size, at) => new Uint8Array(size).fill(at + 1))
      const all = Buffer.concat(pieces)
      const aside = await putAside(flowing(pieces), put)
      expect(aside.size).toBe(all.byteLength)
      expect(place.used).toBe(all.byteLength > 256 * 1024 ? 1 : 0)
      const ends = [one % (all.byteLength + 1), other % (all.byteLength + 1)]
      const [start, end] = [Math.min(...ends), Math.max(...ends)]
      expect((await gathered(aside.read(start, end))).equals(all.subarray(start, end))).toBe(true)
      await aside.discard()
      expect(place.discarded).toBe(place.used)
    }),
    { numRuns: 30 },
  )
})

test('content that breaks off fails as it does', async () => {
  async function* breaking(): Content {
    yield new Uint8Array(10)
    throw new Error('the connection is lost')
  }
  await expect(putAside(breaking(), elsewhere().put)).rejects.toThrow('the connection is lost')
})
