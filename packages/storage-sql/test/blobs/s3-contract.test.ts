import { PutObjectCommand } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import type { Blobs } from '../../src/blobs.ts'
import { blobsContract } from '../../src/contract/index.ts'
import { newBucket, objectStores, openBlobs, startTime } from './object-stores.ts'

async function* nothing() {}

async function keysIn(blobs: Blobs): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const { key } of blobs.list()) keys.push(key)
  return keys
}

test('There is an object store to test against. On Debian, `npm test` as root installs Ceph and Swift.', () => {
  expect(objectStores).not.toEqual([])
})

for (const store of objectStores)
  describe(store, () => {
    test('A bucket may be shared: what has other names is not listed.', { timeout: startTime }, async () => {
      const { client, where } = await newBucket(store)
      const { prefix, ...atTheTop } = where
      const [ours, others] = [openBlobs(atTheTop), openBlobs({ ...where, prefix: `/${prefix}/of/others/` })]
      await client.send(new PutObjectCommand({ Bucket: where.bucket, Key: 'notes.txt', Body: 'mine' }))
      const [one, other] = [await ours.put(nothing()), await others.put(nothing())]
      expect([await keysIn(ours), await keysIn(others)]).toEqual([[one.key], [other.key]])
      expect(await ours.get(other.key)).toBeUndefined()
    })

    blobsContract(
      (name, run) => test(name, { timeout: startTime }, run),
      async () => openBlobs((await newBucket(store)).where),
    )
  })
