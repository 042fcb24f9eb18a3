import { randomUUID } from 'node:crypto'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { onTestFinished } from 'vitest'
import { hasCeph } from '../../../../scripts/ceph.js'
import { hasSwift } from '../../../../scripts/swift.js'
import { runningServer } from '../../../../tests/servers/running-server.ts'
import type { S3BlobsOptions } from '../../src/blobs/s3/options.ts'
import { s3Blobs } from '../../src/blobs/s3/s3-blobs.ts'

/** The object stores that this machine has: the tests run against each, and need one at least. */
export const objectStores = [...(hasCeph() ? (['ceph'] as const) : []), ...(hasSwift() ? (['swift'] as const) : [])]

/** The name of an object store. */
export type ObjectStore = 'ceph' | 'swift'

/** How long a store may take to start, in milliseconds, on a machine that has much else to do. */
export const startTime = 180_000

/** A new bucket, and how it is reached. */
export async function newBucket(store: ObjectStore) {
  const { endpoint, region, credentials } = await runningServer(store)
  const bucket = `test-${randomUUID()}`
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  onTestFinished(() => client.destroy())
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  return { client, where: { endpoint, region, credentials, bucket, prefix: 'blobs' } }
}

/** Blobs in a bucket, closed when the test ends. */
export function openBlobs(options: S3BlobsOptions) {
  const blobs = s3Blobs(options)
  onTestFinished(() => blobs.close())
  return blobs
}
