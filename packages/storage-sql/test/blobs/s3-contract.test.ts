import { describe, expect, test } from 'vitest'
import { blobsContract } from '../../src/contract/index.ts'
import { newBucket, objectStores, openBlobs, startTime } from './object-stores.ts'

test('There is an object store to test against. On Debian, `npm test` as root installs Ceph and Swift.', () => {
  expect(objectStores).not.toEqual([])
})

for (const store of objectStores)
  describe(store, () => {
    blobsContract(
      (name, run) => test(name, { timeout: startTime }, run),
      async () => openBlobs((await newBucket(store)).where),
    )
  })
