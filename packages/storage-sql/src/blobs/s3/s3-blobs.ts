import { randomUUID } from 'node:crypto'
import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import type { Blobs } from '../../blobs.ts'
import { isKey } from '../key.ts'
import { openBucket } from './bucket.ts'
import { removeLeftovers } from './leftovers.ts'
import { list } from './list.ts'
import type { S3BlobsOptions } from './options.ts'
import { put } from './put.ts'
import { read } from './read.ts'

/**
 * Blobs as objects in a bucket of S3, or of any store that speaks as it does: with no need of conditional writes, and
 * with none of its word taken for what can be checked. Large contents flow in parts, and no copy is kept here.
 */
export function s3Blobs(options: S3BlobsOptions): Blobs & {
  /** Ends the requests under way, which fail, and closes its connections. */
  close(): void
} {
  const { partSize = 5 * 2 ** 20, newKey = randomUUID, now = Date.now } = options
  const bucket = openBucket(options)
  const putting = { bucket, partSize, inFlight: 0, tagsAreOpaque: false }
  return {
    put: (content, { size } = {}) => put(putting, newKey(), content, size),
    get: async (key, range) => (isKey(key) ? read(bucket, key, range) : undefined),
    async remove(key) {
      if (isKey(key))
        await bucket.ask('Removing an object', bucket.client.send(new DeleteObjectCommand(bucket.at(key))))
    },
    list: (after = '') => list(bucket, after),
    tidy: (age) => removeLeftovers(bucket, now() - age),
    close: bucket.close,
  }
}
