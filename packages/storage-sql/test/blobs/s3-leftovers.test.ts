import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { newBucket, objectStores, openBlobs, startTime } from './object-stores.ts'

const hour = 60 * 60_000
const key = '01234567-89ab-4def-8123-456789abcdef'

for (const store of objectStores)
  describe(store, () => {
    const about = (name: string, run: () => Promise<void>) => test(name, { timeout: startTime }, run)

    about('Uploads that nobody adds to any more are ended; young ones and those of others are not.', async () => {
      const { client, where } = await newBucket(store)
      const Bucket = where.bucket
      for (const Key of [`blobs/${key}`, 'blobs/of-somebody-else', `elsewhere/${key}`]) {
        const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
        await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'half' }))
      }
      const unfinished = async () =>
        (await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map(({ Key }) => Key)

      await openBlobs(where).tidy?.(hour)
      expect(await unfinished()).toHaveLength(3)
      await openBlobs({ ...where, now: () => Date.now() + 2 * hour }).tidy?.(hour)
      expect(await unfinished()).toEqual(['blobs/of-somebody-else', `elsewhere/${key}`])
    })
  })
