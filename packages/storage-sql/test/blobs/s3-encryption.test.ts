import { describe, expect, test } from 'vitest'
import type { ServerSideEncryption } from '../../src/blobs/s3/options.ts'
import { newBucket, objectStores, openBlobs, startTime } from './object-stores.ts'

async function* text(...pieces: (string | Buffer)[]) {
  for (const piece of pieces) yield Buffer.from(piece)
}

async function all(content: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of content ?? []) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

const large = Buffer.alloc(6 << 20, 'large')

/** Swift has neither a key store nor keys that come with requests. */
describe.for(objectStores.filter((store) => store === 'ceph'))('%s', (store) => {
  const kinds: readonly [string, ServerSideEncryption][] = [
    ['a key of the key store', { by: 'kms', keyId: 'test-key' }],
    ['a key of ours', { by: 'customer', key: Buffer.alloc(32, 'k') }],
  ]
  for (const [what, encryption] of kinds)
    test(`Contents are encrypted with ${what}, and come back.`, { timeout: startTime }, async () => {
      const { where } = await newBucket(store)
      const blobs = openBlobs({ ...where, encryption })
      const { key } = await blobs.put(text('small'))
      expect(await all(await blobs.get(key))).toBe('small')
      expect(await all(await blobs.get(key, { start: 1, end: 3 }))).toBe('ma')
      const { key: largeKey } = await blobs.put(text(large))
      expect(await all(await blobs.get(largeKey))).toBe(large.toString())
    })

  test('Without the key that was ours, nothing comes back.', { timeout: startTime }, async () => {
    const { where } = await newBucket(store)
    const { key } = await openBlobs({ ...where, encryption: { by: 'customer', key: Buffer.alloc(32, 'k') } }).put(
      text('x'),
    )
    await expect(openBlobs(where).get(key)).rejects.toThrow('Reading an object')
    const other: ServerSideEncryption = { by: 'customer', key: Buffer.alloc(32, 'o') }
    await expect(openBlobs({ ...where, encryption: other }).get(key)).rejects.toThrow('Reading an object')
  })
})

test('A key of another length than 32 bytes is refused at once.', () => {
  const encryption: ServerSideEncryption = { by: 'customer', key: Buffer.alloc(16) }
  expect(() => openBlobs({ bucket: 'b', endpoint: 'http://127.0.0.1:1', encryption })).toThrow('must have 32')
})
