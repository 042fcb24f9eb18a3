import { randomUUID } from 'node:crypto'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { withForked } from './forked-server.ts'

/** A bucket of an object store that runs on this machine. */
export interface Bucket {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly bucket: string
}

/** Starts an object store, runs a measure on a new bucket of it, and ends it. */
export const withBucket = <T>(run: (bucket: Bucket) => Promise<T>): Promise<T> =>
  withForked('object-store.js', [], async (store: Omit<Bucket, 'bucket'>) => {
    const where: Bucket = { ...store, bucket: `bench-${randomUUID()}` }
    const client = new S3Client({ ...where, forcePathStyle: true })
    await client.send(new CreateBucketCommand({ Bucket: where.bucket }))
    client.destroy()
    return run(where)
  })
