import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inParts, partBuffers } from '../../src/blobs/s3/in-parts.ts'

async function* flowing(pieces: readonly Uint8Array[]) {
  yield* pieces
}

test('Parts are the content in its order, all of one size but the last, whenever their memory is used again.', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(
      pieces,
      fc.integer({ min: 1, max: 16 }),
      fc.array(fc.boolean()),
      async (content, size, returned) => {
        const buffers = partBuffers(size)
        const sizes: number[] = []
        const seen: Uint8Array[] = []
        for await (const part of inParts(flowing(content), buffers)) {
          sizes.push(part.byteLength)
          seen.push(Uint8Array.from(part))
          if (returned[sizes.length]) buffers.giveBack(part)
        }
        expect(Buffer.concat(seen)).toEqual(Buffer.concat(content))
        expect(sizes.slice(0, -1).every((each) => each === size)).toBe(true)
        expect(sizes.length).toBe(Math.max(1, Math.ceil(Buffer.concat(content).byteLength / size)))
      },
    ),
  )
})
